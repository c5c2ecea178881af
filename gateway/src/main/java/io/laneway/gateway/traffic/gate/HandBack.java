package io.laneway.gateway.traffic.gate;

import io.laneway.gateway.runtime.eventloop.Loop;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One result on its way from the threads that make it to the gate that waits for it, whose exchange may be over before. Any
 * thread brings the result; the event loop hands it on.
 *
 * @param <T> the result
 */
public final class HandBack<T> implements Consumer<T> {

    private final Loop loop;

    /** Touched by the loop alone; null once it does not wait any more. */
    private @Nullable Consumer<T> waiter;

    /** @param waiter is called once at most, on the loop */
    public HandBack(Loop loop, Consumer<T> waiter) {
        this.loop = loop;
        this.waiter = waiter;
    }

    @Override
    public void accept(T result) {
        try {
            loop.eventLoop().execute(() -> handOn(result));
        } catch (RejectedExecutionException e) {
            // the gateway is being closed, and its exchanges with it
        }
    }

    private void handOn(T result) {
        Consumer<T> to = waiter;
        waiter = null;
        if (to != null) {
            to.accept(result);
            loop.flushes().flush();
        }
    }

    /** The result is not wanted any more. On the loop. */
    public void cancel() {
        waiter = null;
    }
}
