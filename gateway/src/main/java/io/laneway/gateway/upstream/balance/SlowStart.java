package io.laneway.gateway.upstream.balance;

import java.time.Duration;

/**
 * The share that an endpoint gets while it is new beside older ones: it grows evenly from a tenth to the whole, so that
 * cold caches and compilers are not met by a full load. Immutable.
 */
public final class SlowStart {

    /** How long an endpoint is new. */
    public static final Duration WINDOW = Duration.ofSeconds(10);

    private static final double FIRST = 0.1;

    private SlowStart() {}

    /**
     * The share of its weight, above 0 and at most 1.
     *
     * @param age nanoseconds since it came
     */
    public static double share(long age) {
        if (age >= WINDOW.toNanos()) {
            return 1;
        }
        return Math.max(FIRST, (double) age / WINDOW.toNanos());
    }
}
