package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.record.ExchangeObserver;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** What one event loop needs to reach endpoints. Confined to that loop, save for its parts that say otherwise. */
public final class UpstreamEnvironment {

    private final Loop loop;
    private final ExchangeObserver observer;
    private final Connector connector;

    public UpstreamEnvironment(Loop loop, UpstreamTransport transport, ExchangeObserver observer) {
        this.loop = loop;
        this.observer = observer;
        this.connector = new Connector(loop, transport);
    }

    public Loop loop() {
        return loop;
    }

    /** Sees what happens on the loop. */
    public ExchangeObserver observer() {
        return observer;
    }

    Connector connector() {
        return connector;
    }

    /**
     * Runs a step on the loop, and flushes. When the gateway closes, loops end one after the other, and nothing is left to be
     * done on those that have. Any thread.
     *
     * @return false if the loop has ended
     */
    boolean soon(Runnable step) {
        EventLoop events = loop.eventLoop();
        if (events.isShuttingDown()) {
            return false;
        }
        try {
            events.execute(() -> {
                step.run();
                loop.flushes().flush();
            });
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /**
     * Closes every connection to endpoints, which a loop that ends does not do by itself. Any thread. Completes when none is
     * left.
     */
    public CompletableFuture<Void> close() {
        return connector.close();
    }
}
