package io.laneway.gateway.upstream;

import io.laneway.gateway.stream.ResponseSink;
import org.jspecify.annotations.Nullable;

/** Somebody who waits for a stream. Confined to one event loop. */
public final class Waiting {

    private @Nullable ResponseSink sink;

    Waiting(ResponseSink sink) {
        this.sink = sink;
    }

    /** Does not wait any more; nothing is told. */
    public void cancel() {
        sink = null;
    }

    /** Who waits, once: the next call finds nobody. */
    @Nullable
    ResponseSink take() {
        ResponseSink taken = sink;
        sink = null;
        return taken;
    }
}
