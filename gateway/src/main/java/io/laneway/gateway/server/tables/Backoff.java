package io.laneway.gateway.server.tables;

import java.util.random.RandomGenerator;

/** Pauses between attempts: doubled from half a second up to fifteen, each somewhere in its upper half. One thread. */
final class Backoff {

    private static final long FIRST_MILLIS = 500;
    private static final long LONGEST_MILLIS = 15_000;

    private final RandomGenerator random;
    private long pause = FIRST_MILLIS;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    long nextMillis() {
        long now = pause;
        pause = Math.min(pause * 2, LONGEST_MILLIS);
        return now / 2 + random.nextLong(now / 2 + 1);
    }

    void reset() {
        pause = FIRST_MILLIS;
    }
}
