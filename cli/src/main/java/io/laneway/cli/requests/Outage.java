package io.laneway.cli.requests;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How long a control API is away, from the first call that fails to the next that succeeds. Confined to one thread. */
final class Outage {

    /** So long is waited for it to come back. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private long since;
    private boolean away;

    Outage(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** It responded. */
    void over() {
        away = false;
    }

    /** It did not respond; true if it did before. */
    boolean begins() {
        if (away) {
            return false;
        }
        away = true;
        since = nanoTime.getAsLong();
        return true;
    }

    /** Whether it is away for longer than is waited for it. */
    boolean tooLong() {
        return away && nanoTime.getAsLong() - since >= LONGEST.toNanos();
    }
}
