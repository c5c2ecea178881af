package io.laneway.gateway.upstream.health;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;

/**
 * Asks a path with GET: 2xx and 3xx are healthy, as with probes of Kubernetes. Confined to the health checker's thread.
 */
final class HttpProbe extends Probe<HttpObject> {

    private HttpProbe(HealthCheck check, ProbeResult result) {
        super(check, result);
    }

    static void ask(Channel channel, HealthCheck check, ProbeResult result) {
        channel.pipeline().addLast(new HttpClientCodec(), new HttpProbe(check, result));
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, check.path(), Unpooled.EMPTY_BUFFER);
        request.headers()
                .set(HttpHeaderNames.HOST, check.authority())
                .set(HttpHeaderNames.USER_AGENT, "laneway-health")
                .set(HttpHeaderNames.CONNECTION, "close");
        var unused = ctx.writeAndFlush(request);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        if (message instanceof HttpResponse response && response.status().code() >= OK) {
            result.is(message.decoderResult().isSuccess() && response.status().code() < BAD);
        }
    }
}
