package io.laneway.control;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that a test moves, and a steady time beside it that cannot be set. Safe for many threads. */
public final class TestClock extends Clock {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-01T00:00:00Z"));
    private final AtomicLong nanos = new AtomicLong();

    /** Time passes. */
    public void pass(Duration time) {
        set(time);
        nanos.addAndGet(time.toNanos());
    }

    /** The clock is set forward, or back; no time passes. */
    public void set(Duration by) {
        now.updateAndGet(instant -> instant.plus(by));
    }

    /** The steady time. */
    public long nanos() {
        return nanos.get();
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
