package io.laneway.gateway;

import io.laneway.gateway.runtime.limit.FleetRates;
import io.laneway.gateway.telemetry.metrics.Exposition;
import io.laneway.gateway.telemetry.metrics.MetricSource;
import org.jspecify.annotations.Nullable;

/** How the store does that counts rates with other gateways; nothing without one. */
record RateMetrics(@Nullable FleetRates rates) implements MetricSource {

    @Override
    public void write(Exposition out) {
        if (rates == null) {
            return;
        }
        out.gauge("laneway_rate_store_up", "Whether the store of rates responds, 0 or 1.");
        out.sample(rates.away() ? 0 : 1);
        out.gauge("laneway_rate_store_gateways", "Gateways that count rates together.");
        out.sample(rates.gateways());
        out.counter("laneway_rate_store_orders_total", "Keys for which tokens were reserved.");
        out.sample(rates.orders());
        out.counter("laneway_rate_store_waits_total", "Requests that waited for the store of rates.");
        out.sample(rates.waits());
        out.counter("laneway_rate_store_alone_total", "Requests counted by this gateway alone.");
        out.sample(rates.alone());
    }
}
