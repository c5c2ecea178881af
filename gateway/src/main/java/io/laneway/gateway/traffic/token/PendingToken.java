package io.laneway.gateway.traffic.token;

import io.laneway.gateway.runtime.eventloop.Loop;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One token that is being verified, between the threads that do it and the exchange that waits, which may be over before.
 * Its result is taken by any thread and handed on by the event loop.
 */
final class PendingToken implements Consumer<TokenResult> {

    private final Loop loop;

    /** Touched by the loop alone; null once it does not wait any more. */
    private @Nullable Consumer<TokenResult> waiter;

    PendingToken(Loop loop, Consumer<TokenResult> waiter) {
        this.loop = loop;
        this.waiter = waiter;
    }

    @Override
    public void accept(TokenResult result) {
        try {
            loop.eventLoop().execute(() -> handOn(result));
        } catch (RejectedExecutionException e) {
            // the gateway is being closed, and its exchanges with it
        }
    }

    private void handOn(TokenResult result) {
        Consumer<TokenResult> to = waiter;
        waiter = null;
        if (to != null) {
            to.accept(result);
            loop.flushes().flush();
        }
    }

    /** The result is not wanted any more. */
    void cancel() {
        waiter = null;
    }
}
