package io.laneway.gateway.server.listener;

import io.laneway.gateway.runtime.config.Address;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.StartFailure;
import io.laneway.gateway.runtime.eventloop.Sockets;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannel;
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
    private final List<AcceptPause> pauses = new ArrayList<>();

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

    /** How it is known to the process that takes over: by its address, or by its name where any port will do. */
    String key() {
        Address address = config.address();
        return address.port() == 0 ? config.name() + "@" + address.host() : address.toString();
    }

    /** The listening sockets themselves. */
    List<FileDescriptor> descriptors() {
        return sockets.stream().map(socket -> ((UnixChannel) socket).fd()).toList();
    }

    /**
     * Binds, and takes sockets that were inherited: one for each event loop, and more if more came.
     *
     * @param loops    one group for each socket
     * @param children the group that serves connections if there is only one socket
     * @param came     sockets of the process before
     * @throws IllegalStateException if the address cannot be had
     */
    void bind(
            Sockets transport,
            List<? extends EventLoopGroup> loops,
            EventLoopGroup children,
            DownstreamInitializer setup,
            List<FileDescriptor> came) {
        SocketAddress address =
                new InetSocketAddress(config.address().host(), config.address().port());
        boolean shared = transport.sharedPorts();
        int wanted = Math.max(shared ? loops.size() : 1, came.size());
        for (int i = 0; i < wanted; i++) {
            EventLoopGroup loop = loops.get(i % loops.size());
            AcceptPause pause = new AcceptPause(config.name());
            pauses.add(pause);
            ServerBootstrap bootstrap = new ServerBootstrap()
                    .group(loop, shared ? loop : children)
                    .handler(pause)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childHandler(setup);
            if (shared) {
                bootstrap.option(Sockets.SHARE_PORT, true);
            }
            transport.options().forEach((option, value) -> childOption(bootstrap, option, value));
            FileDescriptor handed = i < came.size() ? came.get(i) : null;
            if (handed != null) {
                bootstrap.channelFactory(() -> transport.adopted(handed));
            } else {
                bootstrap.channel(transport.server());
            }
            ChannelFuture bound =
                    (handed == null ? bootstrap.bind(address) : bootstrap.register()).awaitUninterruptibly();
            if (!bound.isSuccess()) {
                close();
                throw new StartFailure(
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

    /**
     * Leaves new connections to the other process that listens. Those that wait are not lost as long as the socket is
     * open, so it is closed only when nothing is being accepted any more.
     */
    void pause() {
        pauses.forEach(AcceptPause::end);
        sockets.forEach(socket -> socket.config().setAutoRead(false));
    }

    /** Takes no more connections. */
    void close() {
        for (Channel socket : sockets) {
            var unused = socket.close().awaitUninterruptibly();
        }
    }
}
