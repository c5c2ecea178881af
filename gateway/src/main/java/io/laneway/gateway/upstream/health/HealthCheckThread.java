package io.laneway.gateway.upstream.health;

import io.laneway.gateway.protocol.tls.ServerNames;
import io.laneway.gateway.upstream.join.JoinHandshake;
import io.laneway.gateway.upstream.join.JoinRoute;
import io.laneway.router.model.service.UpstreamTls;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A health checker on one thread, which waits for many endpoints at a time and blocks for none. Outcomes are passed on
 * on that thread. Safe for many threads.
 */
public final class HealthCheckThread implements HealthChecker {

    private static final Logger log = LoggerFactory.getLogger(HealthCheckThread.class);

    private final MultiThreadIoEventLoopGroup thread = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("laneway-health", true), NioIoHandler.newFactory());
    private final Function<String, CompletableFuture<List<InetAddress>>> names;

    private final BiFunction<UpstreamTls, Boolean, CompletableFuture<SslContext>> contexts;

    /**
     * @param names    finds the addresses of a host, without blocking
     * @param contexts makes a way to speak TLS, for HTTP/2 or not, without blocking
     */
    public HealthCheckThread(
            Function<String, CompletableFuture<List<InetAddress>>> names,
            BiFunction<UpstreamTls, Boolean, CompletableFuture<SslContext>> contexts) {
        this.names = names;
        this.contexts = contexts;
    }

    @Override
    public void after(Duration delay, Runnable task) {
        if (thread.isShuttingDown()) {
            return;
        }
        try {
            var unused = thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // it is being closed at this moment: nothing is done later
        }
    }

    @Override
    public void addresses(String host, Consumer<List<InetAddress>> outcome) {
        var unused = names.apply(host).whenComplete((found, failure) -> {
            if (found != null) {
                after(Duration.ZERO, () -> outcome.accept(found));
            }
        });
    }

    @Override
    public void check(HealthCheck check, Consumer<Boolean> outcome) {
        try {
            begin(check, outcome);
        } catch (RuntimeException | LinkageError e) {
            log.atWarn().setCause(e).addKeyValue("host", check.host()).log("an endpoint could not be asked");
            after(Duration.ZERO, () -> outcome.accept(false));
        }
    }

    /**
     * Ways to speak TLS, null in the clear.
     *
     * @param endpoint with the endpoint
     * @param control  with the control API on the way there
     */
    private record Secured(
            @Nullable SslContext endpoint, @Nullable SslContext control) {}

    private void begin(HealthCheck check, Consumer<Boolean> outcome) {
        UpstreamTls tls = check.transport().tls();
        CompletableFuture<@Nullable SslContext> secured =
                tls == null ? CompletableFuture.completedFuture(null) : contexts.apply(tls, check.onStream());
        JoinRoute join = check.join();
        CompletableFuture<@Nullable SslContext> control = join == null || !join.secure()
                ? CompletableFuture.completedFuture(null)
                : contexts.apply(join.tls(), false);
        CompletableFuture<Secured> both = secured.thenCombine(control, Secured::new);
        var unused = names.apply(check.host())
                .thenCombine(both, (addresses, ssl) -> {
                    after(Duration.ZERO, () -> {
                        ProbeResult result = new ProbeResult(outcome);
                        after(check.timeout(), () -> result.is(false));
                        ask(check, addresses, 0, ssl, result);
                    });
                    return check;
                })
                .orTimeout(check.timeout().toNanos(), TimeUnit.NANOSECONDS)
                .exceptionally(failure -> {
                    after(Duration.ZERO, () -> outcome.accept(false));
                    return check;
                });
    }

    /** Asks at one address of its name, or at the next if that takes no connection. */
    private void ask(HealthCheck check, List<InetAddress> addresses, int at, Secured ssl, ProbeResult result) {
        if (at == addresses.size()) {
            result.is(false);
            return;
        }
        long millis = check.timeout().toMillis() / addresses.size();
        Future<?> connecting = new Bootstrap()
                .group(thread)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(Integer.MAX_VALUE, Math.max(1, millis)))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        result.on(channel);
                        JoinRoute join = check.join();
                        if (join != null) {
                            secure(channel, ssl.control(), join.host(), check);
                            channel.pipeline().addLast(new JoinHandshake(join, null));
                        }
                        UpstreamTls tls = check.transport().tls();
                        if (tls != null) {
                            String name = Objects.requireNonNullElse(tls.serverName(), check.host());
                            secure(channel, ssl.endpoint(), name, check);
                        }
                        question(channel, check, result);
                    }
                })
                .connect(new InetSocketAddress(addresses.get(at), check.port()));
        // without a socket the connection has no thread of its own, so that its end is heard on another one
        var unused = connecting.addListener(done -> after(Duration.ZERO, () -> {
            if (!done.isSuccess() && !result.isDone()) {
                ask(check, addresses, at + 1, ssl, result);
            }
        }));
    }

    private static void secure(Channel channel, @Nullable SslContext ssl, String name, HealthCheck check) {
        if (ssl != null) {
            channel.pipeline().addLast(ssl.newHandler(channel.alloc(), ServerNames.withoutDot(name), check.port()));
        }
    }

    private static void question(Channel channel, HealthCheck check, ProbeResult result) {
        switch (check.kind()) {
            case TCP ->
                channel.pipeline()
                        .addLast(new TcpProbe(result, check.transport().tls() != null));
            case GRPC -> Http2Probe.ask(channel, () -> new GrpcProbe(check, result), result);
            case HTTP -> {
                if (check.onStream()) {
                    Http2Probe.ask(channel, () -> new Http2Probe(check, result), result);
                } else {
                    HttpProbe.ask(channel, check, result);
                }
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
