package io.laneway.gateway.listener;

import io.laneway.gateway.config.ListenerConfig;
import io.laneway.gateway.loop.Sockets;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * One address that takes connections: a listening socket for each event loop where the transport can share the port, so
 * that a connection is accepted on the loop that serves it; else one for all. Safe for many threads.
 */
public final class Listener {

    private final ListenerConfig config;
    private final List<Channel> sockets = new ArrayList<>();

    Listener(ListenerConfig config) {
        this.config = config;
    }

    /** As configured. */
    public ListenerConfig config() {
        return config;
    }

    public String name() {
        return config.name();
    }

    /** Where it listens, with the port that was found if none was named. */
    public InetSocketAddress address() {
        return (InetSocketAddress) sockets.get(0).localAddress();
    }

    /**
     * Binds.
     *
     * @param loops    one group for each socket
     * @param children the group that serves connections if there is only one socket
     * @throws IllegalStateException if the address cannot be had
     */
    void bind(Sockets transport, List<? extends EventLoopGroup> loops, EventLoopGroup children, CallerSetup setup) {
        SocketAddress address =
                new InetSocketAddress(config.address().host(), config.address().port());
        boolean shared = transport.sharedPorts();
        for (EventLoopGroup loop : shared ? loops : loops.subList(0, 1)) {
            ServerBootstrap bootstrap = new ServerBootstrap()
                    .group(loop, shared ? loop : children)
                    .channel(transport.server())
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childHandler(setup);
            if (shared) {
                bootstrap.option(Sockets.SHARE_PORT, true);
            }
            transport.options().forEach((option, value) -> childOption(bootstrap, option, value));
            ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
            if (!bound.isSuccess()) {
                close();
                throw new IllegalStateException(
                        "listeners: " + config.name() + ": cannot listen on " + config.address(), bound.cause());
            }
            sockets.add(bound.channel());
            address = bound.channel().localAddress();
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> void childOption(ServerBootstrap bootstrap, ChannelOption<T> option, Object value) {
        bootstrap.childOption(option, (T) value);
    }

    /** Takes no more connections. */
    void close() {
        for (Channel socket : sockets) {
            var unused = socket.close().awaitUninterruptibly();
        }
    }
}
