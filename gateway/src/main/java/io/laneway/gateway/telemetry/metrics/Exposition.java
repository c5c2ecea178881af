package io.laneway.gateway.telemetry.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway counts at one moment, collected for prometheus-metrics, which writes it as Prometheus text 0.0.4 or
 * OpenMetrics text 1.0.0. A family is opened once and its samples follow. Confined to one thread.
 */
public final class Exposition {

    /** The text forms. */
    @SuppressWarnings("ImmutableEnumChecker") // writers have no state
    public enum Format {
        PROMETHEUS(PrometheusTextFormatWriter.create()),
        OPEN_METRICS(OpenMetricsTextFormatWriter.create());

        private final ExpositionFormatWriter writer;

        Format(ExpositionFormatWriter writer) {
            this.writer = writer;
        }

        public String contentType() {
            return writer.getContentType();
        }

        /** The form that an {@code Accept} header asks for. */
        public static Format accepted(String accept) {
            return OPEN_METRICS.writer.accepts(accept) ? OPEN_METRICS : PROMETHEUS;
        }
    }

    /** Takes the samples of the open family. */
    @FunctionalInterface
    private interface Samples {
        void add(double value, Labels labels);
    }

    private static final @Nullable DurationExemplar[] NONE = {};
    private static final String TOTAL = "_total";
    private static final String INFO = "_info";

    private final List<MetricSnapshot.Builder<?>> families = new ArrayList<>();
    private final Set<Labels> labelled = new HashSet<>();
    private Samples samples = (value, labels) -> {
        throw new IllegalStateException("a sample without a family (expected: counter, gauge or info before)");
    };
    private HistogramSnapshot.Builder histograms = HistogramSnapshot.builder();

    /** Opens a family of counters, whose name ends in {@code _total}. */
    public Exposition counter(String name, String help) {
        CounterSnapshot.Builder family = CounterSnapshot.builder();
        return open(
                family.name(without(TOTAL, name)).help(help),
                (value, labels) -> family.dataPoint(new CounterDataPointSnapshot(value, labels, null, 0)));
    }

    /** Opens a family of gauges. */
    public Exposition gauge(String name, String help) {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder();
        return open(
                family.name(name).help(help),
                (value, labels) -> family.dataPoint(new GaugeDataPointSnapshot(value, labels, null)));
    }

    /** Opens a family whose labels are what it says; its name ends in {@code _info}, its values are 1. */
    public Exposition info(String name, String help) {
        InfoSnapshot.Builder family = InfoSnapshot.builder();
        return open(
                family.name(without(INFO, name)).help(help),
                (value, labels) -> family.dataPoint(new InfoDataPointSnapshot(labels)));
    }

    /** Opens a family of histograms. */
    public Exposition histogram(String name, String help) {
        histograms = HistogramSnapshot.builder().name(name).help(help);
        families.add(histograms);
        return this;
    }

    /** Adds a whole number to the open family, with labels as name, value, name, value. */
    public void sample(long value, String... labels) {
        sample((double) value, labels);
    }

    /**
     * Adds a sample to the open family, with labels as name, value, name, value. Of several with the same labels the first
     * counts: no reader takes another.
     */
    public void sample(double value, String... labels) {
        Labels all = Labels.of(labels);
        if (labelled.add(all)) {
            samples.add(value, all);
        }
    }

    /**
     * Adds a histogram to the open family.
     *
     * @param bounds of the buckets but the last, which has none; ascending, inclusive
     * @param counts of each bucket by itself
     */
    public void distribution(double[] bounds, long[] counts, double sum, String... labels) {
        distribution(bounds, counts, sum, NONE, labels);
    }

    /** The same with exemplars, one of a bucket or null; the text form of Prometheus has none. */
    void distribution(
            double[] bounds, long[] counts, double sum, @Nullable DurationExemplar[] exemplars, String... labels) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < bounds.length; i++) {
            buckets.bucket(bounds[i], counts[i]);
        }
        buckets.bucket(Double.POSITIVE_INFINITY, counts[bounds.length]);
        histograms.dataPoint(
                new HistogramDataPointSnapshot(buckets.build(), sum, Labels.of(labels), exemplars(exemplars), 0));
    }

    private static Exemplars exemplars(@Nullable DurationExemplar[] of) {
        Exemplars.Builder exemplars = Exemplars.builder();
        HexFormat hex = HexFormat.of();
        for (DurationExemplar each : of) {
            if (each != null) {
                exemplars.exemplar(Exemplar.builder()
                        .value(each.seconds())
                        .traceId(hex.toHexDigits(each.trace().high())
                                + hex.toHexDigits(each.trace().low()))
                        .spanId(hex.toHexDigits(each.trace().span()))
                        .timestampMillis(each.millis())
                        .build());
            }
        }
        return exemplars.build();
    }

    /** The text, complete; families without samples are not in it. */
    public byte[] end(Format format) {
        MetricSnapshots all = new MetricSnapshots(families.stream()
                .<MetricSnapshot>map(MetricSnapshot.Builder::build)
                .toList());
        ByteArrayOutputStream text = new ByteArrayOutputStream(8192);
        try {
            format.writer.write(text, all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toByteArray();
    }

    /** The library adds the suffix of a type itself. */
    private static String without(String suffix, String name) {
        if (!name.endsWith(suffix)) {
            throw new IllegalArgumentException(name + ": (expected: a name that ends in " + suffix + ")");
        }
        return name.substring(0, name.length() - suffix.length());
    }

    private Exposition open(MetricSnapshot.Builder<?> family, Samples into) {
        families.add(family);
        labelled.clear();
        samples = into;
        return this;
    }
}
