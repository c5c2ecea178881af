package io.laneway.control.plan;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Notices that the clock was set, forward or back, by one that cannot be set. Plans keep the time of day, since they
 * outlive restarts; by this a pause neither ends nor grows when the clock is set. Confined to one thread.
 */
final class ClockJumps {

    /** Smaller steps are those of a clock that is kept in time. */
    private static final long TOLERANCE_MS = Duration.ofSeconds(5).toMillis();

    private final Clock clock;
    private final LongSupplier nanos;
    private long wall;
    private long steady;

    /** @param nanos time that is never set, such as {@link System#nanoTime} */
    ClockJumps(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        this.wall = clock.millis();
        this.steady = nanos.getAsLong();
    }

    /** By how many milliseconds the clock was set since this was asked last; below 0 where it was set back. */
    long jump() {
        long nowWall = clock.millis();
        long nowSteady = nanos.getAsLong();
        long jump = nowWall - wall - Duration.ofNanos(nowSteady - steady).toMillis();
        wall = nowWall;
        steady = nowSteady;
        return Math.abs(jump) > TOLERANCE_MS ? jump : 0;
    }
}
