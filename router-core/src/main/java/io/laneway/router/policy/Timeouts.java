package io.laneway.router.policy;

import java.time.Duration;
import java.util.Objects;

/**
 * Bounds on waiting. Immutable. Zero means unbounded.
 *
 * @param connect until a connection to an endpoint stands
 * @param request from the request's head to the end of its answer, retries included
 * @param idle    without a byte in either direction of an exchange
 * @param maxStreamAge of a stream that has no bound on the whole: a tunnel, an upgraded connection, a request without
 *     time-out
 */
public record Timeouts(Duration connect, Duration request, Duration idle, Duration maxStreamAge) {

    /** 1 s to connect, 15 s a request, 5 min idle. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofMinutes(5));

    /** Streams may grow as old as they want. */
    public Timeouts(Duration connect, Duration request, Duration idle) {
        this(connect, request, idle, Duration.ZERO);
    }

    public Timeouts {
        Objects.requireNonNull(connect, "connect");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(idle, "idle");
        Objects.requireNonNull(maxStreamAge, "maxStreamAge");
    }
}
