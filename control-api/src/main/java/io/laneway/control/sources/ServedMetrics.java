package io.laneway.control.sources;

import io.laneway.router.source.TableServer;
import io.laneway.router.source.TableServer.Measure;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What servers of the table count, as gauges. Stateless. */
public final class ServedMetrics {

    private ServedMetrics() {}

    /** Registers the gauges of a server. */
    public static void register(TableServer server, PrometheusRegistry registry) {
        Map<String, List<Measure>> byName = new LinkedHashMap<>();
        server.measures()
                .forEach(each -> byName.computeIfAbsent(each.name(), name -> new ArrayList<>())
                        .add(each));
        byName.forEach((name, measures) -> register(server, measures.get(0), registry));
    }

    private static void register(TableServer server, Measure like, PrometheusRegistry registry) {
        GaugeWithCallback.Builder gauge =
                GaugeWithCallback.builder().name(like.name()).help(like.help());
        if (!like.kind().isEmpty()) {
            gauge.labelNames("type");
        }
        gauge.callback(now -> {
                    for (Measure each : server.measures()) {
                        if (each.name().equals(like.name()) && each.kind().isEmpty()) {
                            now.call(each.value());
                        } else if (each.name().equals(like.name())) {
                            now.call(each.value(), each.kind());
                        }
                    }
                })
                .register(registry);
    }
}
