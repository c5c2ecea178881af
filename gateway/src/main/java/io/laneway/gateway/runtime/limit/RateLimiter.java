package io.laneway.gateway.runtime.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.laneway.router.policy.Rate;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets at most {@code rate × time + burst} requests of each key through, by the generic cell rate algorithm (ITU-T I.371):
 * one number for each key, the time at which its bucket will be full again. Keys are kept in a bounded cache; one that
 * was pushed out or forgotten starts with a full bucket. Safe for many threads.
 */
public final class RateLimiter {

    /** Keys that are counted apart at most. */
    static final int MAX_KEYS = 100_000;

    private final Rate rate;
    private final LongSupplier nanos;
    private final long origin;
    private final long interval;
    private final long depth;
    private final Cache<String, AtomicLong> full;

    /** @param nanos a clock for durations, as {@link System#nanoTime} */
    public RateLimiter(Rate rate, LongSupplier nanos) {
        this.rate = rate;
        this.nanos = nanos;
        this.origin = nanos.getAsLong();
        this.interval = Math.max(1, rate.per().toNanos() / rate.requests());
        this.depth = Math.multiplyExact(interval, (long) rate.burst());
        this.full = Caffeine.newBuilder()
                .maximumSize(MAX_KEYS)
                .expireAfterAccess(Duration.ofNanos(depth).plusSeconds(1))
                .ticker(Ticker.systemTicker())
                .build();
    }

    /** What it goes by. */
    public Rate rate() {
        return rate;
    }

    /**
     * Asks for one request.
     *
     * @return 0 if it is let through, else nanoseconds until the next one would be
     */
    public long take(String key) {
        AtomicLong cell = full.get(key, each -> new AtomicLong(Long.MIN_VALUE));
        long now = nanos.getAsLong() - origin;
        while (true) {
            long before = cell.get();
            long next = Math.max(now, before) + interval;
            long wait = next - depth - now;
            if (wait > 0) {
                return wait;
            }
            if (cell.compareAndSet(before, next)) {
                return 0;
            }
        }
    }

    /** Keys that are counted now, about. */
    long keys() {
        full.cleanUp();
        return full.estimatedSize();
    }
}
