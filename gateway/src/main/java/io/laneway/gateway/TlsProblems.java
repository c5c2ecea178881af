package io.laneway.gateway;

import io.laneway.gateway.telemetry.metrics.Exposition;
import io.laneway.gateway.telemetry.metrics.MetricSource;
import java.util.Map;
import java.util.function.Supplier;

/** Counts certificate files that could not be reloaded, so that operators notice before the old ones expire. */
record TlsProblems(Supplier<Map<String, String>> problems) implements MetricSource {

    @Override
    public void write(Exposition out) {
        out.gauge("laneway_tls_problems", "Certificate files that are broken, while older ones stay in force.");
        problems.get().keySet().forEach(listener -> out.sample(1, "listener", listener));
    }
}
