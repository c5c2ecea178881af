package io.laneway.gateway.upstream.health;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.util.function.Supplier;

/**
 * Asks on one stream of HTTP/2: a path with GET, as {@link HttpProbe} does, or {@link GrpcProbe} in its place. Confined
 * to the health checker's thread.
 */
final class Http2Probe extends Probe<Http2StreamFrame> {

    /** Event for a question whose stream is open. */
    static final Object OPEN = new Object();

    Http2Probe(HealthCheck check, ProbeResult result) {
        super(check, result);
    }

    /** Opens the stream when the connection is open; {@code question} is put on it and asks when it is active. */
    static void ask(Channel channel, Supplier<? extends Probe<Http2StreamFrame>> question, ProbeResult result) {
        channel.pipeline()
                .addLast(
                        Http2FrameCodecBuilder.forClient().build(),
                        new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()),
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelActive(ChannelHandlerContext ctx) {
                                open(channel, question.get(), result);
                            }

                            @Override
                            public void channelInactive(ChannelHandlerContext ctx) {
                                result.is(false);
                            }

                            @Override
                            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                                result.is(false);
                            }
                        });
    }

    private static void open(Channel channel, Probe<Http2StreamFrame> question, ProbeResult result) {
        var unused = new Http2StreamChannelBootstrap(channel)
                .handler(question)
                .open()
                .addListener(opened -> {
                    if (opened.isSuccess()) {
                        ((Http2StreamChannel) opened.getNow()).pipeline().fireUserEventTriggered(OPEN);
                    } else {
                        result.is(false);
                    }
                });
    }

    /** The fields that every question has. */
    static Http2Headers fields(HealthCheck check, String method, String path) {
        return new DefaultHttp2Headers()
                .method(method)
                .scheme(check.scheme())
                .path(path)
                .authority(check.authority())
                .add("user-agent", "laneway-health");
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (OPEN.equals(event)) {
            var unused = ctx.writeAndFlush(new DefaultHttp2HeadersFrame(fields(check, "GET", check.path()), true));
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Http2StreamFrame frame) {
        CharSequence status =
                frame instanceof Http2HeadersFrame response ? response.headers().status() : null;
        if (status != null) {
            int code = Integer.parseInt(status.toString());
            if (code >= OK) {
                result.is(code < BAD);
            }
        }
    }
}
