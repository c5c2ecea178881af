package io.laneway.control.gateways;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Times of requests by the upper bound of their bucket in ms. Within a bucket they count as spread evenly, as in
 * Prometheus's {@code histogram_quantile}; what is above the last bound counts as at it, so nothing is infinite.
 * Immutable.
 */
public record Buckets(Map<Double, Long> counts) {

    public static final Buckets NONE = new Buckets(Map.of());

    public Buckets {
        counts = Map.copyOf(counts);
    }

    /** How many there are. */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The time in ms below which this part of them stayed; NaN if there are none. */
    public double quantile(double part) {
        double wanted = part * total();
        double seen = 0;
        for (Map.Entry<Double, Long> bucket : new TreeMap<>(counts).entrySet()) {
            double upper = LatencyBounds.finite(bucket.getKey());
            double lower = Math.min(upper, LatencyBounds.below(bucket.getKey()));
            if (seen + bucket.getValue() >= wanted) {
                return lower + (upper - lower) * (wanted - seen) / bucket.getValue();
            }
            seen += bucket.getValue();
        }
        return Double.NaN;
    }

    /** How many took longer than a time in ms. */
    public double above(double time) {
        double above = 0;
        for (Map.Entry<Double, Long> bucket : counts.entrySet()) {
            double upper = LatencyBounds.finite(bucket.getKey());
            double lower = Math.min(upper, LatencyBounds.below(bucket.getKey()));
            if (time < lower || (lower == upper && time < upper)) {
                above += bucket.getValue();
            } else if (time < upper) {
                above += bucket.getValue() * (upper - time) / (upper - lower);
            }
        }
        return above;
    }

    /** Both together. */
    public Buckets plus(Buckets other) {
        Map<Double, Long> sum = new HashMap<>(counts);
        other.counts.forEach((bound, count) -> sum.merge(bound, count, Long::sum));
        return new Buckets(sum);
    }

    /** What came since. */
    public Buckets minus(Buckets before) {
        Map<Double, Long> rest = new HashMap<>();
        counts.forEach((bound, count) -> {
            long more = count - before.counts.getOrDefault(bound, 0L);
            if (more > 0) {
                rest.put(bound, more);
            }
        });
        return new Buckets(rest);
    }
}
