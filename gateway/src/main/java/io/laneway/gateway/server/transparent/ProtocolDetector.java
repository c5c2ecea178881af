package io.laneway.gateway.server.transparent;

import io.laneway.gateway.protocol.http1.HalfClose;
import io.laneway.gateway.protocol.stream.Drain;
import io.laneway.gateway.protocol.stream.OriginalDestination;
import io.laneway.gateway.runtime.eventloop.HeldBytes;
import io.laneway.gateway.runtime.eventloop.TimerEntry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a redirected connection speaks by the first bytes of either side: HTTP is the listener's, the rest is passed
 * on as it is. A client that is silent for a while may wait for the server to speak, so its destination is connected to; but
 * it may as well be one that keeps a connection ready, so what it sends before the server does is still looked at. Confined
 * to its event loop.
 */
public final class ProtocolDetector extends ChannelInboundHandlerAdapter {

    /** What the listener does with a connection when it is known what it speaks. Confined to one event loop. */
    public interface Onward {

        /** Whether the listener takes what is not HTTP from this client; it is counted if not. */
        boolean takes();

        /** Adds to the pipeline what reads HTTP. */
        void http(OriginalDestination original);

        /**
         * What passes a TLS connection on as some route says; null if none does.
         *
         * @param name of the server, as the client hello has it; null for none
         */
        @Nullable
        ChannelHandler route(@Nullable String name, int port);
    }

    private final TransparentLoop transparent;
    private final Channel channel;
    private final InetSocketAddress destination;
    private final long drainTime;
    private final Onward onward;
    private final HeldBytes held = new HeldBytes();
    private final TimerEntry deadline;
    private @Nullable Tunnel tunnel;
    private boolean draining;
    private boolean inputEnded;
    private boolean patient;

    /**
     * @param destination where the connection was going
     * @param drainTime   nanoseconds that it may be silent once the gateway drains
     * @param onward      continues with what is not passed on as it is
     */
    public ProtocolDetector(
            TransparentLoop transparent,
            Channel channel,
            InetSocketAddress destination,
            long drainTime,
            Onward onward) {
        this.transparent = transparent;
        this.channel = channel;
        this.destination = destination;
        this.drainTime = drainTime;
        this.onward = onward;
        this.deadline = new TimerEntry() {
            @Override
            protected void expired() {
                late();
            }
        };
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        await();
    }

    private void await() {
        transparent.loop().deadline(deadline, transparent.config().detect().toNanos());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (held.isEmpty() && tunnel != null) {
            await();
        }
        ByteBuf in = held.joined((ByteBuf) msg, ctx.alloc());
        if (transparent.refusesOwn(channel)) {
            in.release();
            var unused = channel.close();
            return;
        }
        switch (FirstBytes.of(in)) {
            case HTTP1 -> speaksHttp(in, false);
            case HTTP2 -> speaksHttp(in, true);
            case OTHER -> passOn(in, false);
            case TLS -> {
                if (ClientHello.whole(in)) {
                    passOn(in, true);
                } else {
                    held.hold(in, ctx.alloc());
                }
            }
            case MORE -> held.hold(in, ctx.alloc());
        }
        transparent.loop().flushes().flush();
    }

    private void speaksHttp(ByteBuf in, boolean http2) {
        abandon();
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        onward.http(new OriginalDestination(destination, http2));
        channel.pipeline().remove(this);
        channel.pipeline().fireChannelRead(in);
    }

    private void follow(ChannelHandler route, ByteBuf in) {
        channel.pipeline().addLast(route);
        channel.pipeline().remove(this);
        channel.pipeline().fireChannelRead(in);
        channel.pipeline().fireChannelReadComplete();
    }

    private void abandon() {
        if (tunnel != null) {
            tunnel.abandon();
        }
    }

    private void passOn(@Nullable ByteBuf in, boolean tls) {
        if (!onward.takes()) {
            if (in != null) {
                in.release();
            }
            var unused = channel.close();
            return;
        }
        String name = tls && in != null ? ClientHello.serverName(in) : null;
        ChannelHandler route = name == null ? null : onward.route(name, destination.getPort());
        if (route != null && in != null) {
            abandon();
            transparent.carried(channel, true);
            follow(route, in);
            return;
        }
        tunnel().carry(this, in, tls, name);
        if (inputEnded) {
            channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
    }

    private Tunnel tunnel() {
        Tunnel open = tunnel;
        if (open == null) {
            open = Tunnel.open(transparent, channel, destination, () -> passOn(held.take(), false));
            tunnel = open;
        }
        return open;
    }

    /** The client is silent, or stopped in the middle of what may be a request. */
    private void late() {
        if (draining && held.isEmpty()) {
            var unused = channel.close();
        } else if (transparent.refusesOwn(channel)) {
            var unused = channel.close();
        } else if (held.isEmpty()) {
            var unused = tunnel();
        } else {
            decideByPart();
        }
        transparent.loop().flushes().flush();
    }

    /** Two bytes of a method may be those of a slow client, who would lose its lane for good. */
    private void decideByPart() {
        ByteBuf in = held.take();
        if (in == null) {
            return;
        }
        if (FirstBytes.isLikelyHttp(in)) {
            speaksHttp(in, false);
        } else if (patient) {
            transparent.stats().undecidedTunnels.increment();
            passOn(in, FirstBytes.of(in) == FirstBytes.TLS);
        } else {
            patient = true;
            held.hold(in, channel.alloc());
            transparent
                    .loop()
                    .deadline(deadline, transparent.config().patience().toNanos());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == Drain.EVENT) {
            draining = true;
            if (held.isEmpty()) {
                transparent.loop().deadline(deadline, drainTime);
            }
        } else if (HalfClose.isEndOfInput(event) && !inputEnded) {
            inputEnded = true;
            passOn(held.take(), false);
            transparent.loop().flushes().flush();
            return;
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        transparent.loop().wheel().forget(deadline);
        held.free();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var unused = ctx.close();
    }
}
