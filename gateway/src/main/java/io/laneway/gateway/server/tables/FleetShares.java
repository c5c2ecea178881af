package io.laneway.gateway.server.tables;

import io.laneway.gateway.runtime.limit.RateLimiter;
import io.laneway.gateway.telemetry.metrics.Exposition;
import io.laneway.gateway.telemetry.metrics.MetricSource;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.policy.Rate;
import io.laneway.router.table.CompiledTable;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * This gateway's shares of the rates that count over the fleet, as the control API says with each report. A limiter keeps
 * the share that it had last while none comes. Safe for many threads.
 */
final class FleetShares implements MetricSource {

    private final Supplier<@Nullable CompiledTable<Cluster, ServiceRules>> table;

    FleetShares(Supplier<@Nullable CompiledTable<Cluster, ServiceRules>> table) {
        this.table = table;
    }

    /** Takes over shares by service; what is no share is left out. */
    void take(Map<String, Double> shares) {
        each((service, limiter) -> {
            Double share = shares.get(service);
            if (share != null && share > 0 && share <= 1) {
                limiter.share(share);
            }
        });
    }

    @Override
    public void write(Exposition out) {
        Map<String, Double> shares = new TreeMap<>();
        each((service, limiter) -> shares.put(service, limiter.share()));
        out.gauge("laneway_rate_share", "This gateway's part of a rate that counts over the fleet.");
        shares.forEach((service, share) -> out.sample(share, "service", service));
    }

    private void each(BiConsumer<String, RateLimiter> each) {
        CompiledTable<Cluster, ServiceRules> now = table.get();
        for (int place = 0; now != null && place < now.services(); place++) {
            ServiceRules rules = now.service(place).rules();
            RateLimiter limiter = rules == null ? null : rules.rate();
            if (limiter != null && limiter.rate().scope() == Rate.Scope.FLEET && !limiter.asks()) {
                each.accept(now.service(place).name(), limiter);
            }
        }
    }
}
