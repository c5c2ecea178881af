package io.laneway.gateway.server.transparent;

import io.laneway.gateway.protocol.http1.HalfClose;
import io.laneway.gateway.runtime.eventloop.Bypass;
import io.laneway.gateway.runtime.eventloop.Splicing;
import io.laneway.gateway.runtime.eventloop.TimerEntry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A redirected connection that is passed on as it is: two sockets, whose bytes go to the other, with back-pressure, ends of
 * either direction and resets. Until the client is {@linkplain #carry carried} there is only the connection to the
 * destination, which may speak first. Confined to one event loop.
 */
final class Tunnel {

    private static final Logger LOG = LoggerFactory.getLogger(Tunnel.class);

    private final TransparentLoop transparent;
    private final Channel client;
    private final InetSocketAddress destination;
    private final Runnable serverSpeaks;
    private final Channel server;
    private final TimerEntry idle;
    private boolean carrying;
    private boolean clientEnded;
    private boolean serverEnded;
    private boolean connected;
    private boolean over;
    private long sent;
    private long received;

    private Tunnel(TransparentLoop transparent, Channel client, InetSocketAddress destination, Runnable serverSpeaks) {
        this.transparent = transparent;
        this.client = client;
        this.destination = destination;
        this.serverSpeaks = serverSpeaks;
        this.idle = new TimerEntry() {
            @Override
            protected void expired() {
                end();
            }
        };
        ChannelFuture connecting = transparent.connect(destination, new ServerSide());
        this.server = connecting.channel();
        if (connecting.isDone() && !server.isRegistered()) {
            noSocket();
            return;
        }
        touch();
        var unused = connecting.addListener(done -> connected(done.isSuccess(), done.cause()));
        unused = client.closeFuture().addListener(closed -> end());
    }

    /**
     * Connects to the destination.
     *
     * @param serverSpeaks the destination has sent a byte, or ended, while the client is not carried yet
     */
    static Tunnel open(
            TransparentLoop transparent, Channel client, InetSocketAddress destination, Runnable serverSpeaks) {
        return new Tunnel(transparent, client, destination, serverSpeaks);
    }

    /** None could be made; such a channel has no event loop, so that it can neither be listened to nor closed. */
    private void noSocket() {
        over = true;
        transparent.stats().failedTunnels.increment();
        reset(client);
    }

    private void connected(boolean success, @Nullable Throwable cause) {
        if (success && !over) {
            connected = true;
            transparent.opened(server);
            if (carrying) {
                server.flush();
                HalfClose.read(client, true);
                if (clientEnded) {
                    boolean unused = HalfClose.endOutput(server);
                }
            }
        } else if (success) {
            var unused = server.close();
        } else if (!over) {
            transparent.stats().failedTunnels.increment();
            LOG.atDebug()
                    .addKeyValue("destination", destination)
                    .addKeyValue("reason", cause == null ? "" : cause.getMessage())
                    .log("the destination of a redirected connection took none");
            reset(client);
            end();
        }
    }

    /**
     * Passes the client's bytes on from now on.
     *
     * @param before what it has sent so far, null for nothing; taken over
     * @param tls    whether they are TLS
     * @param name   the server's name that a TLS client hello has
     */
    void carry(ChannelHandler by, @Nullable ByteBuf before, boolean tls, @Nullable String name) {
        if (over) {
            if (before != null) {
                before.release();
            }
            return;
        }
        carrying = true;
        transparent.carried(client, tls);
        var unused = client.closeFuture().addListener(closed -> closed(name));
        client.pipeline().replace(by, null, new ClientSide());
        if (before != null) {
            sent += before.readableBytes();
            pass(before, server);
            flush(server);
        }
        HalfClose.read(client, connected && server.isWritable());
        HalfClose.read(server, true);
    }

    private void closed(@Nullable String name) {
        LOG.atDebug()
                .addKeyValue("destination", destination)
                .addKeyValue("serverName", name == null ? "" : name)
                .addKeyValue("sent", sent)
                .addKeyValue("received", received)
                .log("a redirected connection was passed on, and ended");
    }

    /** Closes the connection to the destination, as the client turned out to speak HTTP. */
    void abandon() {
        if (over) {
            return;
        }
        over = true;
        transparent.loop().wheel().forget(idle);
        var unused = server.close();
    }

    /** Closes both sides, behind what is on its way. */
    private void end() {
        if (over) {
            return;
        }
        over = true;
        transparent.loop().wheel().forget(idle);
        close(client);
        close(server);
    }

    private static void close(Channel channel) {
        if (channel.isActive()) {
            HalfClose.endBoth(channel);
        } else {
            var unused = channel.close();
        }
    }

    /** Ends a connection as one that was refused or broke does. */
    private static void reset(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        var unused = channel.close();
    }

    private void touch() {
        transparent.loop().deadline(idle, transparent.config().idle().toNanos());
    }

    /** What is written before the connection stands waits for it. */
    private void flush(Channel to) {
        if (to != server || connected) {
            to.flush();
        }
    }

    private void outputEnds(Channel to) {
        touch();
        if (clientEnded && serverEnded) {
            end();
        } else if (to != server || connected) {
            boolean unused = HalfClose.endOutput(to);
        }
    }

    private static void pass(ByteBuf data, Channel to) {
        to.write(data, to.voidPromise());
    }

    /** One end, whose bytes go to the other. */
    private abstract class Side extends ChannelInboundHandlerAdapter implements Bypass {

        abstract Channel other();

        /** Its peer has sent its last byte. */
        abstract void inputEnds();

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            touch();
            ByteBuf data = (ByteBuf) msg;
            int bytes = data.readableBytes();
            count(bytes);
            pass(data, other());
            Splicing.consider(bytes, transparent.loop(), ctx.channel(), this);
        }

        abstract void count(int bytes);

        @Override
        public @Nullable Channel target() {
            return carrying && connected && !over ? other() : null;
        }

        @Override
        public long most() {
            return Long.MAX_VALUE;
        }

        @Override
        public void passed(int bytes) {
            touch();
            count(bytes);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            flush(other());
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            if (carrying && connected) {
                HalfClose.read(other(), ctx.channel().isWritable());
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (HalfClose.isEndOfInput(event)) {
                inputEnds();
            }
            ctx.fireUserEventTriggered(event);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            end();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            reset(other());
            reset(ctx.channel());
        }
    }

    private final class ClientSide extends Side {

        @Override
        Channel other() {
            return server;
        }

        @Override
        void count(int bytes) {
            sent += bytes;
        }

        @Override
        void inputEnds() {
            if (!clientEnded) {
                clientEnded = true;
                outputEnds(server);
            }
        }
    }

    private final class ServerSide extends Side {

        @Override
        Channel other() {
            return client;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            speaks();
            super.channelRead(ctx, msg);
        }

        @Override
        void count(int bytes) {
            received += bytes;
        }

        @Override
        void inputEnds() {
            if (!serverEnded) {
                speaks();
                serverEnded = true;
                outputEnds(client);
            }
        }

        private void speaks() {
            if (!carrying && !over) {
                serverSpeaks.run();
            }
        }
    }
}
