package io.laneway.control.sources;

import io.laneway.router.source.TableServer;
import io.laneway.router.source.TableServer.Distribution;
import io.laneway.router.source.TableServer.Measure;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What servers of the table count. Stateless. */
public final class ServedMetrics {

    private static final String TOTAL = "_total";

    private ServedMetrics() {}

    /** Registers the metrics of a server. */
    public static void register(TableServer server, PrometheusRegistry registry) {
        registry.register((MultiCollector) () -> snapshots(server));
    }

    private static MetricSnapshots snapshots(TableServer server) {
        Map<String, List<Measure>> byName = new LinkedHashMap<>();
        server.measures()
                .forEach(each -> byName.computeIfAbsent(each.name(), name -> new ArrayList<>())
                        .add(each));
        List<MetricSnapshot> all = new ArrayList<>();
        byName.values().forEach(measures -> all.add(measures.get(0).counts() ? counter(measures) : gauge(measures)));
        server.distributions().forEach(each -> all.add(histogram(each)));
        return new MetricSnapshots(all);
    }

    private static MetricSnapshot gauge(List<Measure> measures) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder()
                .name(measures.get(0).name())
                .help(measures.get(0).help());
        measures.forEach(each -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .value(each.value())
                .labels(labels(each))
                .build()));
        return gauge.build();
    }

    private static MetricSnapshot counter(List<Measure> measures) {
        String name = measures.get(0).name();
        CounterSnapshot.Builder counter = CounterSnapshot.builder()
                .name(name.substring(0, name.length() - TOTAL.length()))
                .help(measures.get(0).help());
        measures.forEach(each -> counter.dataPoint(CounterDataPointSnapshot.builder()
                .value(each.value())
                .labels(labels(each))
                .build()));
        return counter.build();
    }

    private static Labels labels(Measure measure) {
        Labels.Builder labels = Labels.builder();
        new TreeMap<>(measure.labels()).forEach(labels::label);
        return labels.build();
    }

    private static MetricSnapshot histogram(Distribution distribution) {
        return HistogramSnapshot.builder()
                .name(distribution.name())
                .help(distribution.help())
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(
                                ClassicHistogramBuckets.of(distribution.bounds(), distribution.counts()))
                        .sum(distribution.sum())
                        .build())
                .build();
    }
}
