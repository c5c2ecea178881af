package io.laneway.router.background;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: doubled with each failure, up to the longest. Immutable.
 *
 * @param first   after the first failure; at least a millisecond
 * @param longest not shorter than the first
 */
public record Backoff(Duration first, Duration longest) {

    private static final int MOST_DOUBLINGS = 30;

    public Backoff {
        if (first.toMillis() < 1 || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("back-off: " + first + " to " + longest
                    + " (expected: 1 ms or more, the longest not below the first)");
        }
    }

    /** The pause after so many failures in a row before this one. */
    public Duration after(int failures) {
        Duration pause = first.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        return pause.compareTo(longest) < 0 ? pause : longest;
    }

    /** The same, somewhere in its upper half, so that not all who failed together come back together. */
    public Duration after(int failures, RandomGenerator random) {
        long millis = after(failures).toMillis();
        return Duration.ofMillis(millis - millis / 2 + random.nextLong(millis / 2 + 1));
    }
}
