package io.laneway.gateway.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** One stream of a {@link Polyglot} in HTTP/2. */
final class PolyglotStream extends ChannelInboundHandlerAdapter {

    private final String name;
    private final AtomicInteger count;
    private final ByteBuf messages = Unpooled.buffer();
    private boolean grpc;
    private boolean tunnel;

    PolyglotStream(String name, AtomicInteger count) {
        this.name = name;
        this.count = count;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof Http2HeadersFrame frame) {
            begin(ctx, frame.headers());
            if (frame.isEndStream()) {
                end(ctx);
            }
        } else if (message instanceof Http2DataFrame frame) {
            if (tunnel) {
                ctx.writeAndFlush(new DefaultHttp2DataFrame(frame.content().retain(), frame.isEndStream()));
            } else {
                messages.writeBytes(frame.content());
                if (frame.isEndStream()) {
                    end(ctx);
                }
            }
            ReferenceCountUtil.release(message);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext ctx, Http2Headers headers) {
        count.incrementAndGet();
        CharSequence type = headers.get("content-type");
        grpc = type != null && type.toString().startsWith("application/grpc");
        tunnel = headers.get(":protocol") != null;
        if (tunnel) {
            ctx.writeAndFlush(head("x-name", name, false));
        }
    }

    private void end(ChannelHandlerContext ctx) {
        if (tunnel) {
            return;
        }
        if (grpc) {
            ctx.write(head("content-type", "application/grpc", false));
            ctx.write(new DefaultHttp2DataFrame(messages.retainedDuplicate(), false));
            ctx.writeAndFlush(new DefaultHttp2HeadersFrame(
                    new DefaultHttp2Headers().add("grpc-status", "0").add("x-name", name), true));
            return;
        }
        ctx.write(head("content-type", "text/plain", false));
        ByteBuf body = Unpooled.copiedBuffer(name + " HTTP/2", StandardCharsets.US_ASCII);
        ctx.writeAndFlush(new DefaultHttp2DataFrame(body, true));
    }

    private static Http2HeadersFrame head(String field, String value, boolean end) {
        return new DefaultHttp2HeadersFrame(
                new DefaultHttp2Headers().status("200").add(field, value), end);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
