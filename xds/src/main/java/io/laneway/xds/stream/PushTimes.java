package io.laneway.xds.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** How long changes of the table took until they were sent to a client, for each response. Written by one thread, read by any. */
public final class PushTimes {

    private static final double[] SECONDS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

    private final AtomicLongArray counts = new AtomicLongArray(SECONDS.length + 1);
    private final LongAdder nanos = new LongAdder();

    void add(long took) {
        int bucket = 0;
        while (bucket < SECONDS.length && took > SECONDS[bucket] * TimeUnit.SECONDS.toNanos(1)) {
            bucket++;
        }
        counts.incrementAndGet(bucket);
        nanos.add(took);
    }

    /** Upper bounds of buckets in seconds, the last one infinite. */
    public static List<Double> bounds() {
        List<Double> bounds = new ArrayList<>();
        for (double bound : SECONDS) {
            bounds.add(bound);
        }
        bounds.add(Double.POSITIVE_INFINITY);
        return bounds;
    }

    /** How many responses are in each bucket. */
    public List<Long> counts() {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < counts.length(); i++) {
            all.add(counts.get(i));
        }
        return all;
    }

    /** The sum of all in seconds. */
    public double sum() {
        return nanos.sum() / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
