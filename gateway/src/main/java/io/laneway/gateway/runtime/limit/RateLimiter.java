package io.laneway.gateway.runtime.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.laneway.router.policy.Rate;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets at most {@code rate × time + burst} requests of each key through, by the generic cell rate algorithm (ITU-T I.371):
 * one number for each key, the time at which its bucket will be full again. Keys are kept in a bounded cache; one that
 * was pushed out or forgotten starts with a full bucket. Of a rate that all gateways share it lets its part through, one
 * request at a time at least. Where gateways count together in a store, it lets through what was reserved there. Safe for
 * many threads.
 */
public final class RateLimiter {

    /** Keys that are counted apart at most. */
    static final int MAX_KEYS = 100_000;

    /** The other gateways are to be asked. */
    public static final long UNSETTLED = -1;

    /** What a request has to wait that is refused since they cannot be asked. */
    private static final long REFUSED = TimeUnit.SECONDS.toNanos(1);

    /** How long a bucket is kept at least whose depth may change. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final Rate rate;
    private final LongSupplier nanos;
    private final long origin;
    private final @Nullable FleetBuckets fleet;
    private volatile RatePace pace;
    private final Cache<String, AtomicLong> full;

    /**
     * Of the whole rate.
     *
     * @param nanos a clock for durations, as {@link System#nanoTime}
     */
    public RateLimiter(Rate rate, LongSupplier nanos) {
        this(rate, 1, nanos, null);
    }

    /**
     * Of a part of the rate.
     *
     * @param share above 0, at most 1
     * @param fleet counts keys with other gateways, null if this one counts by itself
     */
    public RateLimiter(Rate rate, double share, LongSupplier nanos, @Nullable FleetBuckets fleet) {
        this.fleet = fleet;
        this.rate = rate;
        this.nanos = nanos;
        this.origin = nanos.getAsLong();
        this.pace = RatePace.of(rate, share);
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
            pace = RatePace.of(rate, share);
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

    /** Whether it may be {@link #UNSETTLED}. */
    public boolean asks() {
        return fleet != null;
    }

    /**
     * Asks for one request.
     *
     * @return 0 if it is let through, else nanoseconds until the next one would be, or {@link #UNSETTLED}
     */
    public long take(String key) {
        FleetBuckets shared = fleet;
        if (shared == null) {
            return own(key);
        }
        long wait = shared.take(key);
        return wait == UNSETTLED && shared.rates().away() ? alone(key) : wait;
    }

    /** The same without the others, who cannot be asked: never {@link #UNSETTLED}. */
    public long alone(String key) {
        FleetBuckets shared = fleet;
        if (shared == null) {
            return own(key);
        }
        FleetRates rates = shared.rates();
        rates.countAlone();
        return switch (rates.failure()) {
            case ALLOW -> 0;
            case DENY -> REFUSED;
            case SHARE -> {
                int gateways = rates.gateways();
                if (gateways > 0) {
                    share(1.0 / gateways);
                }
                yield own(key);
            }
        };
    }

    /**
     * Asks the others where it is {@link #UNSETTLED}.
     *
     * @param woken is called, on any thread, when it is worth to take again
     */
    public void await(String key, Consumer<Boolean> woken) {
        FleetBuckets shared = Objects.requireNonNull(fleet, "fleet");
        shared.rates().countWait();
        shared.await(key, woken);
    }

    private long own(String key) {
        RatePace own = pace;
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
