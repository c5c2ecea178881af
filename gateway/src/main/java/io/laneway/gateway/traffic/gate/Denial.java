package io.laneway.gateway.traffic.gate;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.stream.Failure;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the client of a request hears that did not pass a gate. Immutable. */
public final class Denial {

    private final Failure failure;
    private final Consumer<HeaderLines> lines;
    private final byte @Nullable [] body;

    /**
     * With a body of its own.
     *
     * @param failure status, flag and words; a client of gRPC hears these in any case
     * @param lines   adds to the response's header lines
     * @param body    of the response, which the lines describe and which is not to change; null for a problem document
     */
    public Denial(Failure failure, Consumer<HeaderLines> lines, byte @Nullable [] body) {
        this.failure = failure;
        this.lines = lines;
        this.body = body;
    }

    /** A problem document, with more header lines. */
    public static Denial of(Failure failure, Consumer<HeaderLines> lines) {
        return new Denial(failure, lines, null);
    }

    /** Why it did not pass. */
    public Failure failure() {
        return failure;
    }

    /** What adds to the response's header lines. */
    public Consumer<HeaderLines> lines() {
        return lines;
    }

    /** The response's body, null for a problem document. */
    public byte @Nullable [] body() {
        return body;
    }
}
