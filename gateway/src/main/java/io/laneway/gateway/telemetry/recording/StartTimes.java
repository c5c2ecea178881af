package io.laneway.gateway.telemetry.recording;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When requests began, to the microsecond: by the gateway's clock for durations, so that in a recording, too, what a
 * client sent upon a response began behind its end. Confined to one event loop.
 */
final class StartTimes {

    /** How long the clocks are taken to keep their distance. */
    private static final long FRESH = TimeUnit.MILLISECONDS.toNanos(100);

    /** Two readings that are further apart had a pause between them. */
    private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(20);

    private final Clock day;
    private final LongSupplier clock;
    private long offset;
    private long compared;
    private boolean known;

    /** @param clock nanoseconds, by which beginnings are given */
    StartTimes(Clock day, LongSupplier clock) {
        this.day = day;
        this.clock = clock;
    }

    /** The time of a beginning that was not long ago. */
    Instant of(long nanos) {
        if (!known || nanos - compared > FRESH) {
            compare();
        }
        long time = offset + nanos;
        return Instant.ofEpochSecond(0, time - time % 1000);
    }

    private void compare() {
        long before = clock.getAsLong();
        Instant now = day.instant();
        long after = clock.getAsLong();
        if (!known || after - before < PAUSE) {
            offset = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano() - before - (after - before) / 2;
            compared = after;
            known = true;
        }
    }
}
