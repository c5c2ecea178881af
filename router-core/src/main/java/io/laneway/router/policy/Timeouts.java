package io.laneway.router.policy;

import java.time.Duration;
import java.util.Objects;

/**
 * Bounds on waiting. Immutable. Zero means unbounded.
 *
 * @param connect until a connection to an endpoint stands
 * @param request from the end of the request to the head of its response, retries included
 * @param idle    without a byte in either direction of an exchange
 * @param maxStreamAge of a stream: a tunnel, an upgraded connection, gRPC, server-sent events, a request without time-out
 * @param total   from the beginning of the request to the end of its response
 * @param minRate bytes a second, averaged over {@code request}, that the body of a request from outside has to make
 */
public record Timeouts(
        Duration connect, Duration request, Duration idle, Duration maxStreamAge, Duration total, int minRate) {

    private static final int MIN_RATE = 240;

    /** 1 s to connect, 15 s to the head of a response, 5 min idle, 240 bytes a second. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofMinutes(5));

    /** With the usual rate, and without bounds on the whole and on the age of streams. */
    public Timeouts(Duration connect, Duration request, Duration idle) {
        this(connect, request, idle, Duration.ZERO);
    }

    /** With the usual rate, and without a bound on the whole. */
    public Timeouts(Duration connect, Duration request, Duration idle, Duration maxStreamAge) {
        this(connect, request, idle, maxStreamAge, Duration.ZERO, MIN_RATE);
    }

    public Timeouts {
        Objects.requireNonNull(connect, "connect");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(idle, "idle");
        Objects.requireNonNull(maxStreamAge, "maxStreamAge");
        Objects.requireNonNull(total, "total");
        if (minRate < 0) {
            throw new IllegalArgumentException("minRate: " + minRate + " (expected: >= 0)");
        }
    }
}
