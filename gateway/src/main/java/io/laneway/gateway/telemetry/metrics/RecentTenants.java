package io.laneway.gateway.telemetry.metrics;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The tenants of each shift that were seen within the last hour, {@value #MOST} at most. Safe for many threads. */
final class RecentTenants {

    static final int MOST = 1_000;
    private static final long MINUTES = 60;

    private final Cache<Tenant, Boolean> seen;

    private record Tenant(String shift, String name) {}

    /**
     * Knows none yet.
     *
     * @param clock milliseconds since the epoch
     */
    RecentTenants(LongSupplier clock) {
        seen = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(MINUTES, TimeUnit.MINUTES)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.getAsLong()))
                .executor(Runnable::run)
                .build();
    }

    void add(String shift, String tenant) {
        seen.put(new Tenant(shift, tenant), Boolean.TRUE);
    }

    /** By shift, in order. */
    Map<String, List<String>> byShift() {
        Map<String, List<String>> tenants = new TreeMap<>();
        seen.asMap()
                .keySet()
                .forEach(each -> tenants.computeIfAbsent(each.shift(), shift -> new ArrayList<>())
                        .add(each.name()));
        tenants.values().forEach(names -> names.sort(null));
        return tenants;
    }
}
