package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.protocol.stream.ResponseSink;
import io.laneway.gateway.runtime.limit.CircuitBreaker;
import org.jspecify.annotations.Nullable;

/** Somebody who waits for a stream. Confined to one event loop. */
public final class PendingStream {

    private final @Nullable CircuitBreaker breaker;
    private @Nullable ResponseSink sink;

    /** @param breaker which let it wait and is told when it does not any more, null for none */
    PendingStream(ResponseSink sink, @Nullable CircuitBreaker breaker) {
        this.sink = sink;
        this.breaker = breaker;
    }

    /** Does not wait any more; nothing is told. */
    public void cancel() {
        var unused = take();
    }

    /** Who waits, once: the next call finds nobody. */
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
