package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.http1.ConnectionEnd;
import io.laneway.gateway.protocol.http1.HalfClose;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.ResponseSink;
import io.laneway.gateway.protocol.stream.UpstreamStream;
import io.laneway.gateway.runtime.eventloop.Bypass;
import io.laneway.gateway.runtime.eventloop.Flushes;
import io.laneway.gateway.runtime.eventloop.LinkedBypass;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.eventloop.Splicing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A bare connection that carries a {@code CONNECT} tunnel (RFC 9110 section 9.3.6), or a client's connection. Confined to one
 * event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel, and that is heard
final class Tunnel extends ChannelInboundHandlerAdapter implements UpstreamStream, LinkedBypass {

    private static final int OK = 200;

    private final Loop loop;
    private final Channel channel;
    private final boolean whole;
    private final Flushes.Mark mark;
    private final ConnectionEnd ending;
    private @Nullable ResponseSink sink;
    private boolean outputEnded;
    private boolean inputEnded;

    /** @param whole whether it ends as a whole with our direction where that cannot end alone, and does not await the endpoint's */
    Tunnel(Loop loop, Channel channel, boolean whole, ResponseSink sink) {
        this.loop = loop;
        this.channel = channel;
        this.whole = whole;
        this.sink = sink;
        this.ending = new ConnectionEnd(channel);
        this.mark = new Flushes.Mark() {
            @Override
            protected void flush() {
                channel.flush();
            }
        };
    }

    @Override
    public void head(RequestHead head, boolean end) {
        if (sink != null) {
            HalfClose.allow(channel);
            ResponseHead response = new ResponseHead();
            response.start(OK);
            response.bodyLength(ResponseHead.UNKNOWN_LENGTH);
            sink.head(response, false);
        }
    }

    @Override
    public void data(ByteBuf data, boolean end) {
        loop.flushes().mark(mark);
        channel.write(data, channel.voidPromise());
        if (end && !outputEnded) {
            outputEnded = true;
            outputEnds();
        }
    }

    @Override
    public @Nullable Channel socket() {
        return outputEnded ? null : channel;
    }

    /** Where it cannot end alone, with TLS, our direction of a {@code CONNECT} tunnel ends when the endpoint's does. */
    private void outputEnds() {
        if (inputEnded) {
            sink = null;
            HalfClose.endBoth(channel);
        } else if (!HalfClose.endOutput(channel) && whole) {
            HalfClose.endBoth(channel);
        }
    }

    @Override
    public boolean takesMore() {
        return channel.isActive() && !outputEnded;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        boolean unused = ending.isGoodbye(event);
        ResponseSink to = sink;
        if (HalfClose.isEndOfInput(channel, event) && !inputEnded && to != null) {
            Failure cut = ending.cut(true);
            if (cut != null) {
                reset();
                to.failed(cut);
                loop.flushes().flush();
                return;
            }
            inputEnded = true;
            if (outputEnded) {
                sink = null;
                HalfClose.endBoth(channel);
            }
            to.data(Unpooled.EMPTY_BUFFER, true);
            loop.flushes().flush();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void trailers(HeaderLines trailers) {
        // a tunnel has none
    }

    @Override
    public void cancel() {
        sink = null;
        HalfClose.endBoth(channel);
    }

    @Override
    public void reset() {
        sink = null;
        HalfClose.reset(channel);
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public void pause() {
        HalfClose.read(channel, false);
    }

    @Override
    public void resume() {
        HalfClose.read(channel, true);
    }

    @Override
    public String state() {
        return "tunnel, " + (channel.isActive() ? "open" : "closed") + (inputEnded ? ", input ended" : "")
                + (outputEnded ? ", output ended" : "");
    }

    @Override
    public boolean reused() {
        return false;
    }

    @Override
    public @Nullable SocketAddress peer() {
        return channel.remoteAddress();
    }

    @Override
    public boolean multiplexed() {
        return false;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf data = (ByteBuf) msg;
        if (sink == null) {
            data.release();
        } else {
            int bytes = data.readableBytes();
            sink.data(data, false);
            Splicing.consider(bytes, loop, channel, this);
        }
    }

    @Override
    public @Nullable Bypass next() {
        ResponseSink to = sink;
        return to == null || inputEnded ? null : to.responseBypass();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        loop.flushes().flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (sink != null) {
            sink.writable();
        }
        loop.flushes().flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ResponseSink to = sink;
        sink = null;
        if (to != null && inputEnded) {
            to.failed(Failure.RESET_IN_RESPONSE);
        } else if (to != null) {
            end(to);
        }
        loop.flushes().flush();
    }

    private void end(ResponseSink to) {
        Failure cut = ending.cut(true);
        if (cut == null) {
            to.data(Unpooled.EMPTY_BUFFER, true);
        } else {
            to.failed(cut);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ending.broke(cause);
        ctx.close();
    }
}
