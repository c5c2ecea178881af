package io.laneway.gateway.upstream;

import io.laneway.gateway.loop.Loop;
import io.laneway.gateway.loop.Sockets;
import io.laneway.gateway.stream.Failure;
import io.laneway.gateway.stream.ResponseSink;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Makes connections to endpoints on its own event loop. Confined to that loop. */
final class Connector {

    private static final int WITHOUT_BOUND = 0;

    private final Loop loop;
    private final Names names;
    private final Handshakes handshakes;
    private final Bootstrap bootstrap;
    private final Set<Channel> open = new HashSet<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private boolean closing;

    Connector(Loop loop, Upstreams.Ways ways) {
        this.loop = loop;
        this.names = ways.names();
        this.handshakes = new Handshakes(loop, ways);
        Sockets sockets = ways.sockets();
        this.bootstrap = new Bootstrap()
                .group(loop.eventLoop())
                .channel(sockets.client())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        // its handler comes when the connection stands
                    }
                });
        sockets.options().forEach((option, value) -> set(option, value));
    }

    @SuppressWarnings("unchecked")
    private <T> void set(ChannelOption<T> option, Object value) {
        bootstrap.option(option, (T) value);
    }

    /** Connects, and tells the pool how it went, in a later turn of the loop. */
    void connect(EndpointPool pool, Slot slot) {
        open(pool, slot, new Outcome() {
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
    void tunnel(EndpointPool pool, Waiting waiting, Slot slot) {
        open(pool, slot, new Outcome() {
            @Override
            public void connected(Channel channel) {
                handshakes.tunnel(pool, channel, waiting);
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

    private interface Outcome {
        void connected(Channel channel);

        void failed(Failure failure);
    }

    private void open(EndpointPool pool, Slot slot, Outcome outcome) {
        LiveEndpoint endpoint = pool.endpoint();
        InetAddress literal = endpoint.literal();
        if (literal != null) {
            open(pool, literal, slot, outcome);
            return;
        }
        HostPort hostPort = endpoint.hostPort();
        CompletableFuture<List<InetAddress>> found = hostPort == null
                ? CompletableFuture.failedFuture(new UnknownHostException(endpoint.address()))
                : names.resolve(hostPort.host());
        if (found.isDone() && !found.isCompletedExceptionally()) {
            open(pool, any(found.join()), slot, outcome);
            return;
        }
        var unused = soon(found, pool)
                .whenComplete((addresses, failure) -> loop.eventLoop().execute(() -> {
                    if (addresses == null) {
                        slot.leave();
                        outcome.failed(failure instanceof TimeoutException ? Failure.CONNECT_TIMEOUT : Failure.CONNECT);
                    } else {
                        open(pool, any(addresses), slot, outcome);
                    }
                    loop.flushes().flush();
                }));
    }

    /** Within the time that connecting may take: a resolver that does not answer is as bad as an endpoint that does not. */
    private static CompletableFuture<List<InetAddress>> soon(
            CompletableFuture<List<InetAddress>> found, EndpointPool pool) {
        Duration timeout = pool.cluster().cluster().policy().timeouts().connect();
        return timeout.isZero() ? found : found.copy().orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    private InetAddress any(List<InetAddress> addresses) {
        return addresses.get(loop.random().nextInt(addresses.size()));
    }

    private void open(EndpointPool pool, InetAddress address, Slot slot, Outcome outcome) {
        HostPort hostPort = pool.endpoint().hostPort();
        int port = hostPort == null ? 0 : hostPort.port();
        Duration timeout = pool.cluster().cluster().policy().timeouts().connect();
        ChannelFuture connecting = bootstrap
                .clone()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis(timeout))
                .connect(new InetSocketAddress(address, port));
        var unused = connecting.addListener(done -> {
            if (done.isSuccess()) {
                opened(connecting.channel(), slot);
                outcome.connected(connecting.channel());
            } else {
                slot.leave();
                outcome.failed(failure(done.cause()));
            }
            loop.flushes().flush();
        });
    }

    private void opened(Channel channel, Slot slot) {
        open.add(channel);
        var unused = channel.closeFuture().addListener(gone -> {
            open.remove(channel);
            slot.leave();
            completeIfEmpty();
        });
        if (closing) {
            channel.close();
        }
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

    private static Failure failure(@Nullable Throwable cause) {
        return cause instanceof ConnectTimeoutException ? Failure.CONNECT_TIMEOUT : Failure.CONNECT;
    }

    private static int millis(Duration timeout) {
        return timeout.isZero() ? WITHOUT_BOUND : (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis()));
    }
}
