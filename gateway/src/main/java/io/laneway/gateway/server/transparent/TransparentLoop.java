package io.laneway.gateway.server.transparent;

import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.StartFailure;
import io.laneway.gateway.runtime.config.TransparentConfig;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.eventloop.Sockets;
import io.laneway.gateway.runtime.record.ListenerStats;
import io.laneway.gateway.runtime.record.ListenerStats.Offence;
import io.laneway.gateway.upstream.pool.OwnAddresses;
import io.laneway.gateway.upstream.pool.UpstreamTransport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.UnixChannel;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one event loop has of a transparent listener. Confined to that loop. */
public final class TransparentLoop {

    private static final Logger LOG = LoggerFactory.getLogger(TransparentLoop.class);
    private static final long QUIET = TimeUnit.MINUTES.toNanos(1);
    private static final int CONNECT_MILLIS = 10_000;

    private final String listener;
    private final TransparentConfig config;
    private final Loop loop;
    private final ListenerStats stats;
    private final OwnAddresses own;
    private final Bootstrap bootstrap;
    private boolean logged;
    private long lastLog;

    private TransparentLoop(
            String listener, TransparentConfig config, Loop loop, UpstreamTransport transport, ListenerStats stats) {
        this.listener = listener;
        this.config = config;
        this.loop = loop;
        this.stats = stats;
        this.own = Objects.requireNonNull(transport.own());
        Sockets sockets = transport.sockets();
        this.bootstrap = new Bootstrap()
                .group(loop.eventLoop())
                .channel(sockets.client())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS);
        sockets.options().forEach(this::set);
    }

    @SuppressWarnings("unchecked")
    private <T> void set(ChannelOption<T> option, Object value) {
        bootstrap.option(option, (T) value);
    }

    /** What a loop has of that listener; null if it is not transparent. */
    public static @Nullable TransparentLoop of(
            ListenerConfig listener, Loop loop, UpstreamTransport transport, ListenerStats stats) {
        TransparentConfig config = listener.transparent();
        return config == null ? null : new TransparentLoop(listener.name(), config, loop, transport, stats);
    }

    /** Whether one of these listeners is transparent. */
    public static boolean any(List<ListenerConfig> listeners) {
        return listeners.stream().anyMatch(each -> each.transparent() != null);
    }

    /**
     * Checks that the transport can do it.
     *
     * @throws IllegalStateException if a listener is transparent and its sockets do not know where connections were going
     */
    public static void check(List<ListenerConfig> listeners, Sockets sockets) {
        for (ListenerConfig each : listeners) {
            if (each.transparent() != null && !UnixChannel.class.isAssignableFrom(sockets.server())) {
                throw new StartFailure(
                        "listeners: " + each.name() + ": transparent: not with transport " + sockets.name()
                                + " (expected: Linux, and epoll or io_uring)",
                        null);
            }
        }
    }

    Loop loop() {
        return loop;
    }

    ListenerStats stats() {
        return stats;
    }

    /** Whether what comes is for the application beside the gateway. */
    public boolean inbound() {
        return config.inbound();
    }

    TransparentConfig config() {
        return config;
    }

    /** Where a connection was going; null for one that is refused, as it was not redirected. */
    public @Nullable InetSocketAddress destination(Channel channel) {
        InetSocketAddress original = OriginalAddress.of(channel);
        if (original == null || original.equals(channel.localAddress())) {
            refused(
                    channel,
                    "a connection was made to the port of the listener itself: it takes redirected ones alone");
            return null;
        }
        return original;
    }

    /** Whether a connection was opened by the gateway itself, which redirected it to itself without end; it is refused. */
    boolean refusesOwn(Channel channel) {
        boolean loops = own.contains(channel.remoteAddress());
        if (loops) {
            refused(channel, "connections of the gateway itself are redirected to it: leave its user out of the rules");
        }
        return loops;
    }

    private void refused(Channel channel, String why) {
        stats.offence(Offence.LOOP);
        long now = loop.now();
        if (logged && now - lastLog < QUIET) {
            return;
        }
        logged = true;
        lastLog = now;
        LOG.atWarn()
                .addKeyValue("listener", listener)
                .addKeyValue("from", channel.remoteAddress())
                .addKeyValue("at", channel.localAddress())
                .log(why);
    }

    /** Counts a connection that is passed on as it is, until it is closed. */
    void carried(Channel client, boolean tls) {
        (tls ? stats.tlsTunnels : stats.tcpTunnels).increment();
        stats.openTunnels.increment();
        var unused = client.closeFuture().addListener(closed -> stats.openTunnels.decrement());
    }

    /** Connects to where a connection was going. */
    ChannelFuture connect(InetSocketAddress destination, ChannelHandler handler) {
        return bootstrap.clone().handler(handler).connect(destination);
    }

    /** A connection of the gateway's own stands. */
    void opened(Channel channel) {
        own.add(channel);
    }
}
