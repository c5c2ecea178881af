package io.laneway.gateway.runtime.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.laneway.router.policy.Rate;
import io.laneway.router.text.Sha256;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The keys of one service's rate that all gateways count together, as far as this one has seen them lately. Safe for many
 * threads.
 */
public final class FleetBuckets {

    private static final Duration KEPT = Duration.ofMinutes(1);

    /** Of a hash: values that are counted by may be secrets, and as long as heads may be. */
    private static final int HASHED = 16;

    private final FleetRates rates;
    private final Cache<String, Lease> leases = Caffeine.newBuilder()
            .maximumSize(RateLimiter.MAX_KEYS)
            .expireAfterAccess(KEPT)
            .build();
    private final Function<String, Lease> made;

    public FleetBuckets(String service, Rate rate, FleetRates rates) {
        this.rates = rates;
        RatePace pace = RatePace.of(rate, 1);
        this.made = key -> new Lease(service + ':' + hash(key), pace, rate.burst(), rates);
    }

    /** As {@link RateLimiter#take}. */
    long take(String key) {
        return leases.get(key, made).take(rates.now());
    }

    void await(String key, Consumer<Boolean> woken) {
        leases.get(key, made).await(woken);
    }

    FleetRates rates() {
        return rates;
    }

    private static String hash(String key) {
        return HexFormat.of().formatHex(Sha256.of(key), 0, HASHED);
    }
}
