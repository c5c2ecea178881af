package io.laneway.xds.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** How long changes of the table took until they were sent to a client, for each response. Written by one thread, read by any. */
public final class PushTimes {

    /** In seconds. */
    private static final List<Double> BOUNDS = List.of(
            0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, Double.POSITIVE_INFINITY);

    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS.size());
    private final LongAdder nanos = new LongAdder();

    void add(long took) {
        int bucket = 0;
        while (took > BOUNDS.get(bucket) * TimeUnit.SECONDS.toNanos(1)) {
            bucket++;
        }
        counts.incrementAndGet(bucket);
        nanos.add(took);
    }

    /** Upper bounds of buckets in seconds, the last one infinite. */
    public static List<Double> bounds() {
        return BOUNDS;
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
