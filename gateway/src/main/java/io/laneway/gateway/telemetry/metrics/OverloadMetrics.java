package io.laneway.gateway.telemetry.metrics;

import io.laneway.gateway.traffic.overload.LoadShedder;

/** What the guard of the gateway as a whole sees and does. Safe for many threads. */
public final class OverloadMetrics implements MetricSource {

    private final LoadShedder overload;

    public OverloadMetrics(LoadShedder overload) {
        this.overload = overload;
    }

    @Override
    public void write(Exposition out) {
        out.gauge(
                "laneway_memory_used_ratio", "Memory in use, 0 to 1: heap or direct memory, whichever has less left.");
        out.sample(overload.memory());
        out.gauge("laneway_overload_shed_ratio", "Share of requests shed because memory is short, 0 to 1.");
        out.sample(overload.percent() / 1e2);
    }
}
