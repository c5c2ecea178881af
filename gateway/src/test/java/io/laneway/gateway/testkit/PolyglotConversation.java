package io.laneway.gateway.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** One connection of a {@link Polyglot} in HTTP/1.1, with the tongue of a plain server: the preface of HTTP/2 is a 505. */
final class PolyglotConversation extends ChannelInboundHandlerAdapter {

    private final String name;
    private final AtomicInteger count;
    private HttpRequest request;
    private boolean raw;

    PolyglotConversation(String name, AtomicInteger count) {
        this.name = name;
        this.count = count;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (raw) {
            ctx.writeAndFlush(message);
            return;
        }
        if (message instanceof HttpRequest begun) {
            request = begun;
        }
        boolean whole = message instanceof LastHttpContent;
        ReferenceCountUtil.release(message);
        if (message instanceof HttpRequest && begunWrong()) {
            response(ctx, HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED);
            ctx.close();
        } else if (whole && request.headers().contains(HttpHeaderNames.UPGRADE)) {
            count.incrementAndGet();
            upgrade(ctx);
        } else if (whole) {
            count.incrementAndGet();
            response(ctx, HttpResponseStatus.OK);
        }
    }

    private boolean begunWrong() {
        return request.decoderResult().isFailure() || request.method().name().equals("PRI");
    }

    private void response(ChannelHandlerContext ctx, HttpResponseStatus status) {
        ByteBuf body = Unpooled.copiedBuffer(name + " HTTP/1.1", StandardCharsets.US_ASCII);
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        ctx.writeAndFlush(response);
    }

    private void upgrade(ChannelHandlerContext ctx) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
        response.headers()
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.UPGRADE, request.headers().get(HttpHeaderNames.UPGRADE))
                .set("x-name", name);
        String key = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        if (key != null) {
            response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, WebSocket.accept(key));
        }
        ctx.writeAndFlush(response).addListener(done -> {
            raw = true;
            ctx.pipeline().remove(HttpServerCodec.class);
        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
