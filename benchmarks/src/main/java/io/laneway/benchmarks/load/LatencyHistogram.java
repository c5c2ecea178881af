package io.laneway.benchmarks.load;

import java.util.Arrays;

/**
 * Counts of latencies in buckets that grow with the value, exact to 1 in 128. Allocates nothing after construction.
 * Confined to one thread. Values are nanoseconds.
 */
final class LatencyHistogram {
    private static final int PRECISION_BITS = 7;
    private static final int BUCKETS_EACH = 1 << PRECISION_BITS;

    private final long[] counts = new long[(Long.SIZE - PRECISION_BITS) * BUCKETS_EACH];
    private long total;
    private long longest;

    void record(long nanos) {
        long value = Math.max(0, nanos);
        counts[bucket(value)]++;
        total++;
        longest = Math.max(longest, value);
    }

    void clear() {
        Arrays.fill(counts, 0);
        total = 0;
        longest = 0;
    }

    long total() {
        return total;
    }

    long longest() {
        return longest;
    }

    /** The value that {@code share} (0 to 1) of all latencies do not exceed; 0 when nothing was recorded. */
    long quantile(double share) {
        long wanted = (long) Math.ceil(share * total);
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= wanted && seen > 0) {
                return Math.min(longest, highest(bucket));
            }
        }
        return longest;
    }

    /** Values below {@link #BUCKETS_EACH} have a bucket each; above, each power of two has as many buckets. */
    private static int bucket(long value) {
        if (value < BUCKETS_EACH) {
            return (int) value;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - PRECISION_BITS;
        int within = (int) (value >>> shift) - BUCKETS_EACH;
        return (shift + 1) * BUCKETS_EACH + within;
    }

    private static long highest(int bucket) {
        if (bucket < BUCKETS_EACH) {
            return bucket;
        }
        int shift = bucket / BUCKETS_EACH - 1;
        int within = bucket % BUCKETS_EACH + BUCKETS_EACH;
        return ((within + 1L) << shift) - 1;
    }
}
