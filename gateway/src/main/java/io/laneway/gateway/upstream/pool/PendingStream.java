package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.protocol.stream.ResponseSink;
import io.laneway.gateway.runtime.limit.CircuitBreaker;
import org.jspecify.annotations.Nullable;

/** A request that waits for a stream. Confined to one event loop. */
public final class PendingStream {

    private final @Nullable CircuitBreaker breaker;
    private final boolean fresh;
    private @Nullable ResponseSink sink;

    /**
     * @param breaker which let it wait and is notified when it does no longer, null for none
     * @param fresh   whether it waits for a connection that was not used before
     */
    PendingStream(ResponseSink sink, @Nullable CircuitBreaker breaker, boolean fresh) {
        this.sink = sink;
        this.breaker = breaker;
        this.fresh = fresh;
    }

    /** Whether it waits for a connection that was not used before. */
    boolean fresh() {
        return fresh;
    }

    /** Does not wait any more; nothing is called. */
    public void cancel() {
        var unused = take();
    }

    /** The sink that waits, once: the next call finds none. */
    @Nullable
    ResponseSink take() {
        ResponseSink taken = sink;
        sink = null;
        if (taken != null && breaker != null) {
            breaker.served();
        }
        return taken;
    }
}
