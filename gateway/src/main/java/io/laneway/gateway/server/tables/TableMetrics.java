package io.laneway.gateway.server.tables;

import io.laneway.gateway.telemetry.metrics.Exposition;
import io.laneway.gateway.telemetry.metrics.MetricSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Counts what became of tables and changes that came. Safe for many threads. */
final class TableMetrics implements MetricSource {

    /** What became of a table or change. */
    enum Outcome {
        APPLIED,
        REFUSED,
        SOURCE_CHANGED
    }

    private static final double[] BOUNDS = {0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5};

    private final Supplier<TableStatus> status;
    private final Map<Outcome, Long> updates = new EnumMap<>(Outcome.class);
    private final long[] buckets = new long[BOUNDS.length + 1];
    private double seconds;

    TableMetrics(Supplier<TableStatus> status) {
        this.status = status;
        for (Outcome outcome : Outcome.values()) {
            updates.put(outcome, 0L);
        }
    }

    synchronized void count(Outcome outcome) {
        updates.merge(outcome, 1L, Long::sum);
    }

    synchronized void applied(double took) {
        count(Outcome.APPLIED);
        seconds += took;
        int bucket = 0;
        while (bucket < BOUNDS.length && took > BOUNDS[bucket]) {
            bucket++;
        }
        buckets[bucket]++;
    }

    @Override
    public synchronized void write(Exposition out) {
        TableStatus now = status.get();
        out.gauge("laneway_table_revision", "Revision of the running lane table.");
        out.sample(now.followed().revision());
        out.gauge("laneway_table_source_connected", "Whether the table's source is there.");
        out.sample(now.connected() ? 1 : 0);
        out.gauge("laneway_table_source_changed", "Whether a changed source waits to be accepted.");
        out.sample(now.waiting() == null ? 0 : 1);
        out.counter("laneway_table_updates_total", "Tables and changes that came, by what became of them.");
        updates.forEach(
                (outcome, count) -> out.sample(count, "outcome", outcome.name().toLowerCase(Locale.ROOT)));
        out.histogram("laneway_table_apply_seconds", "From a table or change read to the running table swapped.");
        out.distribution(BOUNDS, buckets, seconds);
    }
}
