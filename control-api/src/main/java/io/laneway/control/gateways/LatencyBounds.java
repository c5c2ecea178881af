package io.laneway.control.gateways;

import java.util.HashMap;
import java.util.Map;

/**
 * The buckets in which gateways count times: their upper bounds in ms, and above the last one a bucket without bound.
 * Empty buckets are not reported, so the lower bound of one is looked up here. Stateless.
 */
public final class LatencyBounds {

    private static final double[] UPPER = {
        0.5, 1, 2, 3, 5, 7.5, 10, 15, 25, 50, 75, 100, 150, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000
    };

    /** How many buckets there are, the one without bound included. */
    public static final int BUCKETS = UPPER.length + 1;

    private static final Map<String, Integer> BY_TEXT = new HashMap<>();

    static {
        for (int i = 0; i < UPPER.length; i++) {
            String text = UPPER[i] == Math.rint(UPPER[i]) ? Long.toString((long) UPPER[i]) : Double.toString(UPPER[i]);
            BY_TEXT.put(text, i);
        }
    }

    private LatencyBounds() {}

    /** The bucket of a bound as a report writes it; one of another gateway's bounds is taken to the next of these. */
    public static int bucket(String bound) {
        Integer known = BY_TEXT.get(bound);
        return known != null ? known : bucket(parse(bound));
    }

    private static int bucket(double bound) {
        int bucket = 0;
        while (bucket < UPPER.length && bound > UPPER[bucket]) {
            bucket++;
        }
        return bucket;
    }

    /** A bound in ms; infinite where there is none, or it cannot be read. */
    static double parse(String text) {
        try {
            double bound = Double.parseDouble(text.equals("+Inf") ? "Infinity" : text);
            return Double.isNaN(bound) ? Double.POSITIVE_INFINITY : bound;
        } catch (NumberFormatException e) {
            return Double.POSITIVE_INFINITY;
        }
    }

    /** The bound itself, and the last one for none. */
    static double finite(double bound) {
        return Double.isInfinite(bound) ? UPPER[UPPER.length - 1] : bound;
    }

    /** The greatest bound below another, 0 if there is none. */
    static double below(double bound) {
        double below = 0;
        for (double one : UPPER) {
            if (one < bound) {
                below = one;
            }
        }
        return below;
    }

    /**
     * The time in ms below which this part of what was counted stayed, spread evenly within its bucket; NaN for nothing.
     *
     * @param counts by bucket
     */
    public static double quantile(int[] counts, double part) {
        long total = 0;
        for (int count : counts) {
            total += count;
        }
        double wanted = part * total;
        double seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            if (counts[bucket] > 0 && seen + counts[bucket] >= wanted) {
                double lower = bucket == 0 ? 0 : UPPER[bucket - 1];
                double upper = bucket == UPPER.length ? lower : UPPER[bucket];
                return lower + (upper - lower) * (wanted - seen) / counts[bucket];
            }
            seen += counts[bucket];
        }
        return Double.NaN;
    }
}
