package io.laneway.gateway.telemetry.otlp;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Turns nanoseconds of the gateway's clock into nanoseconds since the epoch. Confined to one thread. */
final class SpanTimes {

    private final Clock clock;
    private final LongSupplier nanos;
    private long offset;

    SpanTimes(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        refresh();
    }

    /** Compares the clocks: that of the day may have been set. */
    void refresh() {
        Instant now = clock.instant();
        offset = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano() - nanos.getAsLong();
    }

    long epoch(long time) {
        return offset + time;
    }
}
