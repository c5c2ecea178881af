package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.ResponseSink;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.eventloop.Sockets;
import io.laneway.gateway.upstream.endpoint.HostPort;
import io.laneway.gateway.upstream.endpoint.LiveEndpoint;
import io.laneway.gateway.upstream.join.JoinRoute;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Makes connections to endpoints on its own event loop. Confined to that loop. */
final class Connector implements ConnectAttempt.Opener, ConnectionSlot.Keeper {

    private static final int WITHOUT_BOUND = 0;

    private final Loop loop;
    private final UpstreamTransport transport;
    private final ConnectionSetup handshakes;
    private final Bootstrap bootstrap;
    private final Set<Channel> open = new HashSet<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private boolean closing;

    Connector(Loop loop, UpstreamTransport transport) {
        this.loop = loop;
        this.transport = transport;
        this.handshakes = new ConnectionSetup(loop, transport);
        Sockets sockets = transport.sockets();
        this.bootstrap = new Bootstrap()
                .group(loop.eventLoop())
                .channel(sockets.client())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        // its handler comes when the connection is open
                    }
                });
        sockets.options().forEach((option, value) -> set(option, value));
    }

    @SuppressWarnings("unchecked")
    private <T> void set(ChannelOption<T> option, Object value) {
        bootstrap.option(option, (T) value);
    }

    /** Connects, and reports to the pool how it went, in a later turn of the loop. */
    void connect(ConnectTarget pool, ConnectionSlot slot) {
        dial(pool, slot, pool.wire().multiplexed(), new ConnectAttempt.Outcome() {
            @Override
            public void connected(Channel channel) {
                handshakes.begin(pool, channel);
            }

            @Override
            public void failed(Failure failure) {
                pool.failed(failure);
            }
        });
    }

    /** Connects for one who waits for a tunnel. */
    void tunnel(ConnectTarget pool, PendingStream waiting, ConnectionSlot slot) {
        dial(pool, slot, false, new ConnectAttempt.Outcome() {
            @Override
            public void connected(Channel channel) {
                ResponseSink sink = waiting.take();
                if (sink == null) {
                    var unused = channel.close();
                    return;
                }
                Tunnel tunnel = new Tunnel(loop, channel, pool.wire() == WireProtocol.CONTENT_TLS, sink);
                channel.pipeline().addLast(tunnel);
                sink.opened(tunnel);
            }

            @Override
            public void failed(Failure failure) {
                ResponseSink sink = waiting.take();
                if (sink != null) {
                    sink.failed(failure);
                }
            }
        });
    }

    private void dial(ConnectTarget pool, ConnectionSlot slot, boolean http2, ConnectAttempt.Outcome outcome) {
        ConnectAttempt dial = new ConnectAttempt(loop, this, pool, http2, new ConnectAttempt.Outcome() {
            @Override
            public void connected(Channel channel) {
                opened(channel, slot);
                outcome.connected(channel);
            }

            @Override
            public void failed(Failure failure) {
                slot.leave();
                outcome.failed(failure);
            }
        });
        dial.begin(transport.names());
    }

    @Override
    public ChannelFuture open(LiveEndpoint endpoint, InetAddress address, Duration timeout) {
        HostPort hostPort = endpoint.hostPort();
        int port = hostPort == null ? 0 : hostPort.port();
        ChannelFuture connecting = bootstrap
                .clone()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis(timeout))
                .connect(new InetSocketAddress(address, port));
        JoinRoute join = endpoint.join();
        return join == null ? connecting : JoinConnect.through(join, transport, loop, connecting);
    }

    @Override
    public void secure(ConnectTarget pool, Channel channel, boolean http2, UpstreamHandshake.Outcome outcome) {
        new UpstreamHandshake(loop, transport, pool, channel, http2, outcome).begin();
    }

    private void opened(Channel channel, ConnectionSlot slot) {
        OwnAddresses own = transport.own();
        if (own != null) {
            own.add(channel);
        }
        slot.opened(channel, this);
    }

    @Override
    public void keep(Channel channel) {
        open.add(channel);
        if (closing) {
            channel.close();
        }
    }

    @Override
    public void forget(Channel channel) {
        open.remove(channel);
        completeIfEmpty();
    }

    /** Closes what is open, and what is opened from now on. Any thread. Completes when nothing is open. */
    CompletableFuture<Void> close() {
        loop.eventLoop().execute(() -> {
            closing = true;
            new ArrayList<>(open).forEach(Channel::close);
            completeIfEmpty();
        });
        return closed;
    }

    private void completeIfEmpty() {
        if (closing && open.isEmpty()) {
            closed.complete(null);
        }
    }

    private static int millis(Duration timeout) {
        return timeout.isZero() ? WITHOUT_BOUND : (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis()));
    }
}
