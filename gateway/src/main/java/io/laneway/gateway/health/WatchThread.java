package io.laneway.gateway.health;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A watch on one thread, which waits for many endpoints at a time and blocks for none. Answers are told on that thread.
 * Safe for many threads.
 */
public final class WatchThread implements Watch {

    private final MultiThreadIoEventLoopGroup thread = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("laneway-watch", true), NioIoHandler.newFactory());
    private final Function<String, CompletableFuture<List<InetAddress>>> names;

    /** @param names finds the addresses of a host, without blocking */
    public WatchThread(Function<String, CompletableFuture<List<InetAddress>>> names) {
        this.names = names;
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
    public void check(Check check, Consumer<Boolean> told) {
        var unused = names.apply(check.host())
                .whenComplete((addresses, failure) -> after(Duration.ZERO, () -> {
                    if (failure != null || addresses.isEmpty()) {
                        told.accept(false);
                    } else {
                        ask(check, addresses.get(0), new Verdict(told));
                    }
                }));
    }

    private void ask(Check check, InetAddress address, Verdict verdict) {
        int millis =
                (int) Math.min(Integer.MAX_VALUE, Math.max(1, check.timeout().toMillis()));
        Future<?> connecting = new Bootstrap()
                .group(thread)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        verdict.on(channel);
                        switch (check.kind()) {
                            case TCP -> channel.pipeline().addLast(new TcpQuestion(verdict));
                            case HTTP -> HttpQuestion.ask(channel, check, verdict);
                            case GRPC -> GrpcQuestion.ask(channel, check, verdict);
                        }
                    }
                })
                .connect(new InetSocketAddress(address, check.port()));
        after(check.timeout(), () -> verdict.is(false));
        var unused = connecting.addListener(done -> {
            if (!done.isSuccess()) {
                verdict.is(false);
            }
        });
    }

    @Override
    public void close() {
        thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
