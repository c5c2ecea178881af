package io.laneway.gateway.telemetry.metrics;

import java.util.Arrays;

/**
 * The buckets of request durations, fixed from half a millisecond to a minute, and one loop's counts in them. The loop
 * changes it, any thread may read it.
 */
final class Latency {

    /** Upper bounds in nanoseconds, inclusive; above the last is the bucket without bound. */
    private static final long[] BOUNDS = {
        500_000L,
        1_000_000L,
        2_000_000L,
        3_000_000L,
        5_000_000L,
        7_500_000L,
        10_000_000L,
        15_000_000L,
        25_000_000L,
        50_000_000L,
        75_000_000L,
        100_000_000L,
        150_000_000L,
        250_000_000L,
        500_000_000L,
        1_000_000_000L,
        2_500_000_000L,
        5_000_000_000L,
        10_000_000_000L,
        30_000_000_000L,
        60_000_000_000L,
    };

    /** For each bit length of a duration, the first bucket that can hold it: saves most of the search. */
    private static final byte[] FIRST = new byte[65];

    static {
        for (int bits = 1; bits <= 64; bits++) {
            long smallest = 1L << (bits - 1);
            int bucket = 0;
            while (bucket < BOUNDS.length && smallest > BOUNDS[bucket]) {
                bucket++;
            }
            FIRST[bits] = (byte) (bits == 64 ? BOUNDS.length : bucket);
        }
    }

    /** How many buckets there are, the one without bound included. */
    static final int BUCKETS = BOUNDS.length + 1;

    /** Index of the sum of all durations in {@link #addTo}. */
    static final int SUM = BUCKETS;

    private final LoopLongs values = new LoopLongs(BUCKETS + 1);

    /** Counts a duration in nanoseconds. Only on the owning loop. */
    void record(long nanos) {
        long duration = Math.max(nanos, 0);
        values.add(bucket(duration), 1);
        values.add(SUM, duration);
    }

    static int bucket(long nanos) {
        int bucket = FIRST[64 - Long.numberOfLeadingZeros(nanos)];
        while (bucket < BOUNDS.length && nanos > BOUNDS[bucket]) {
            bucket++;
        }
        return bucket;
    }

    /** A bucket's upper bound in seconds, as reports and Prometheus write it. */
    static String boundSeconds(int bucket) {
        return bucket == BOUNDS.length ? "+Inf" : Double.toString(BOUNDS[bucket] / 1e9);
    }

    /** The buckets' upper bounds in seconds, but for the last bucket, which has none. */
    static double[] boundsSeconds() {
        return Arrays.stream(BOUNDS).mapToDouble(nanos -> nanos / 1e9).toArray();
    }

    /** Adds the counts, not cumulated, and the sum, {@link #BUCKETS} + 1 from a place on. Any thread. */
    void addTo(long[] sums, int from) {
        values.addTo(sums, from);
    }
}
