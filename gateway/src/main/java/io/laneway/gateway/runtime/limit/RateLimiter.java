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
 * was pushed out or forgotten starts with a full bucket. Of a rate that all gateways share it lets its part through, one
 * request at a time at least. Safe for many threads.
 */
public final class RateLimiter {

    /** Keys that are counted apart at most. */
    static final int MAX_KEYS = 100_000;

    /** Between two requests at most, in nanoseconds: 31 years. */
    private static final double LONGEST = 1e18;

    /** How long a bucket is kept at least whose depth may change. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final Rate rate;
    private final LongSupplier nanos;
    private final long origin;
    private volatile Pace pace;
    private final Cache<String, AtomicLong> full;

    /** Between two requests, and how far ahead of that they may be, in nanoseconds. */
    private record Pace(double share, long interval, long depth) {

        static Pace of(Rate rate, double share) {
            long whole = Math.max(1, rate.per().toNanos() / rate.requests());
            long depth = Math.multiplyExact(whole, (long) rate.burst());
            long interval = share >= 1 ? whole : (long) Math.min(whole / share, LONGEST);
            return new Pace(share, interval, Math.max(interval, depth));
        }
    }

    /**
     * Of the whole rate.
     *
     * @param nanos a clock for durations, as {@link System#nanoTime}
     */
    public RateLimiter(Rate rate, LongSupplier nanos) {
        this(rate, 1, nanos);
    }

    /**
     * Of a part of the rate.
     *
     * @param share above 0, at most 1
     */
    public RateLimiter(Rate rate, double share, LongSupplier nanos) {
        this.rate = rate;
        this.nanos = nanos;
        this.origin = nanos.getAsLong();
        this.pace = Pace.of(rate, share);
        Duration kept = Duration.ofNanos(pace.depth()).plusSeconds(1);
        boolean changes = rate.scope() == Rate.Scope.FLEET && kept.compareTo(KEPT) < 0;
        this.full = Caffeine.newBuilder()
                .maximumSize(MAX_KEYS)
                .expireAfterAccess(changes ? KEPT : kept)
                .ticker(Ticker.systemTicker())
                .build();
    }

    /** Lets another part of the rate through from now on. */
    public void share(double share) {
        if (pace.share() != share) {
            pace = Pace.of(rate, share);
        }
    }

    /** Its part of the rate, above 0, at most 1. */
    public double share() {
        return pace.share();
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
        Pace own = pace;
        AtomicLong cell = full.get(key, each -> new AtomicLong(Long.MIN_VALUE));
        long now = nanos.getAsLong() - origin;
        while (true) {
            long before = cell.get();
            long next = Math.max(now, before) + own.interval();
            long wait = next - own.depth() - now;
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
