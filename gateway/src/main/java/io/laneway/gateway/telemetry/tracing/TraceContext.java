package io.laneway.gateway.telemetry.tracing;

import java.util.SplittableRandom;

/**
 * The trace that a request is of, and what its client says of it. Confined to one event loop; used again for request after
 * request.
 */
final class TraceContext {

    /** What the client decided about sampling. */
    enum Wish {
        /** Nothing. */
        NONE,
        NO,
        YES,
        /** The whole way, whatever samplers say (B3). */
        DEBUG
    }

    /** The trace's id; both halves 0 if it is not known. */
    long high;

    long low;

    /** The client's span, 0 without one. */
    long parent;

    Wish wish = Wish.NONE;

    /** Whether the client says that its trace's id is random (W3C Trace Context, level 2). */
    boolean random;

    /** Whether it came by {@code traceparent}, so that the {@code tracestate} beside it counts. */
    boolean w3c;

    void clear() {
        high = 0;
        low = 0;
        parent = 0;
        wish = Wish.NONE;
        random = false;
        w3c = false;
    }

    /** Whether the client named a trace and a span of it. */
    boolean found() {
        return parent != 0;
    }

    /** A trace of its own begins; what the client wished is kept. */
    void begin(SplittableRandom source) {
        high = id(source);
        low = id(source);
        parent = 0;
        random = true;
        w3c = false;
    }

    /** An id, which is never 0. */
    static long id(SplittableRandom source) {
        long id = source.nextLong();
        while (id == 0) {
            id = source.nextLong();
        }
        return id;
    }
}
