package io.laneway.gateway.traffic.passage;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.http1.HalfClose;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.ResponseSink;
import io.laneway.gateway.protocol.stream.UpstreamStream;
import io.laneway.gateway.runtime.eventloop.Bypass;
import io.laneway.gateway.runtime.eventloop.Flushes;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.eventloop.Splicing;
import io.laneway.gateway.runtime.eventloop.TimerEntry;
import io.laneway.gateway.upstream.pool.EndpointPool;
import io.laneway.gateway.upstream.pool.PendingStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Passes the bytes of one connection on to an endpoint and back, each direction with back-pressure and an end of its own:
 * those of the client's TLS, or what they carry where TLS has ended here. Nothing is tried again, since what was sent belongs
 * to the client's own handshake, or cannot be had a second time. What breaks on one side is reset on the other where TLS has
 * ended here, since nothing within the bytes says where they are cut off. Closed when nothing moves for the
 * policy's {@code timeouts.idle}. Confined to one event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel, and that is heard
final class Passage extends ChannelInboundHandlerAdapter implements ResponseSink {

    private final Loop loop;
    private final Channel channel;
    private final EndpointPool pool;
    private final boolean opened;
    private final long idle;
    private final Flushes.Mark mark;
    private final TimerEntry deadline;
    private final ArrayDeque<ByteBuf> held = new ArrayDeque<>(2);
    private @Nullable PendingStream waiting;
    private @Nullable UpstreamStream stream;
    private boolean acquired;
    private boolean inputEnded;
    private boolean outputEnded;
    private boolean over;

    private final Bypass up = new Way() {
        @Override
        public @Nullable Channel target() {
            UpstreamStream to = stream;
            return over || inputEnded || to == null ? null : to.socket();
        }
    };

    private final Bypass down = new Way() {
        @Override
        public @Nullable Channel target() {
            return over || outputEnded ? null : channel;
        }
    };

    Passage(Loop loop, Channel channel, EndpointPool pool, Duration idle) {
        this.loop = loop;
        this.channel = channel;
        this.pool = pool;
        this.opened = channel.pipeline().get(SslHandler.class) != null;
        this.idle = idle.toNanos();
        this.mark = new Flushes.Mark() {
            @Override
            protected void flush() {
                channel.flush();
            }
        };
        this.deadline = new TimerEntry() {
            @Override
            protected void expired() {
                end();
            }
        };
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        // Clients that leave close_notify out, whatever the version, lose nothing.
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.config().setAutoRead(false);
        moved();
        acquired = true;
        waiting = pool.tunnel(this);
    }

    private void moved() {
        loop.deadline(deadline, idle);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf data = (ByteBuf) msg;
        UpstreamStream to = stream;
        if (over || inputEnded) {
            data.release();
        } else if (to == null) {
            held.add(data);
        } else {
            moved();
            int bytes = data.readableBytes();
            to.data(data, false);
            if (!to.isWritable()) {
                channel.config().setAutoRead(false);
            }
            Splicing.consider(bytes, loop, channel, up);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        loop.flushes().flush();
    }

    @Override
    public void opened(UpstreamStream opened) {
        waiting = null;
        if (over) {
            opened.cancel();
            return;
        }
        stream = opened;
        opened.head(new RequestHead(), false);
        while (!held.isEmpty()) {
            opened.data(held.remove(), false);
        }
        if (inputEnded) {
            opened.data(Unpooled.EMPTY_BUFFER, true);
        }
        moved();
        HalfClose.read(channel, true);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (HalfClose.isEndOfAll(channel, event)) {
            end();
            loop.flushes().flush();
        } else if (HalfClose.isEndOfInput(channel, event) && !inputEnded && !over) {
            inputEnded = true;
            if (stream != null) {
                stream.data(Unpooled.EMPTY_BUFFER, true);
            }
            endIfBothEnded();
            loop.flushes().flush();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void data(ByteBuf data, boolean last) {
        if (over) {
            data.release();
            return;
        }
        moved();
        loop.flushes().mark(mark);
        channel.write(data, channel.voidPromise());
        UpstreamStream from = stream;
        if (!channel.isWritable() && from != null) {
            from.pause();
        }
        if (last) {
            outputEnded = true;
            if (inputEnded || HalfClose.endOutput(channel)) {
                endIfBothEnded();
            } else {
                end();
            }
        }
    }

    @Override
    public @Nullable Bypass responseBypass() {
        return down;
    }

    private void endIfBothEnded() {
        if (inputEnded && outputEnded) {
            stream = null;
            end();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (stream != null && channel.isWritable()) {
            stream.resume();
        }
        loop.flushes().flush();
    }

    @Override
    public void writable() {
        if (stream != null && stream.isWritable()) {
            HalfClose.read(channel, true);
        }
    }

    @Override
    public void failed(Failure failure) {
        waiting = null;
        stream = null;
        broke();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        broke();
        loop.flushes().flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        broke();
    }

    @Override
    public void head(ResponseHead response, boolean end) {
        // a tunnel's own
    }

    @Override
    public void informational(ResponseHead interim) {
        // a tunnel has none
    }

    @Override
    public void trailers(HeaderLines trailers) {
        // a tunnel has none
    }

    /** One direction, whose bytes are never read here. */
    private abstract class Way implements Bypass {

        @Override
        public long most() {
            return Long.MAX_VALUE;
        }

        @Override
        public void passed(int bytes) {
            moved();
        }
    }

    /** One side broke. */
    private void broke() {
        UpstreamStream open = stream;
        if (opened && !over) {
            stream = null;
            if (open != null) {
                open.reset();
            }
            finish();
            HalfClose.reset(channel);
        } else {
            end();
        }
    }

    /** Both directions are over, or nothing has moved for too long. */
    private void end() {
        if (over) {
            return;
        }
        UpstreamStream open = stream;
        stream = null;
        if (open != null) {
            open.cancel();
        }
        finish();
        HalfClose.endBoth(channel);
    }

    private void finish() {
        over = true;
        loop.wheel().forget(deadline);
        held.forEach(ByteBuf::release);
        held.clear();
        if (waiting != null) {
            waiting.cancel();
        }
        if (acquired) {
            pool.release();
        }
    }
}
