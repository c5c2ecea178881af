package io.laneway.gateway.traffic.filter;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Lets one line into the log in ten seconds, and counts those that it does not let. Safe for many threads. */
final class LogPace {

    private static final long PACE = TimeUnit.SECONDS.toNanos(10);
    private static final long NEVER = Long.MIN_VALUE;

    private final AtomicLong last = new AtomicLong(NEVER);
    private final AtomicLong missed = new AtomicLong();

    /** How many were not let since the one before, if this one is; else -1. */
    long take(long now) {
        long before = last.get();
        if ((before == NEVER || now - before >= PACE) && last.compareAndSet(before, now)) {
            return missed.getAndSet(0);
        }
        missed.incrementAndGet();
        return -1;
    }
}
