package io.laneway.gateway.runtime.record;

import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** How long something took, as all event loops counted it. Any thread. */
public final class DurationSums {

    private final double[] bounds;
    private final ToLongFunction<ToLongFunction<LoopDurations>> sum;

    /**
     * Of what has these bounds.
     *
     * @param sum adds up one count over the loops
     */
    public DurationSums(double[] bounds, ToLongFunction<ToLongFunction<LoopDurations>> sum) {
        this.bounds = bounds;
        this.sum = sum;
    }

    /** Upper bounds in seconds. */
    public double[] bounds() {
        return bounds.clone();
    }

    /** How often by upper bound, one more than bounds. */
    public long[] counts() {
        long[] counts = new long[bounds.length + 1];
        for (int i = 0; i < counts.length; i++) {
            int bucket = i;
            counts[i] = sum.applyAsLong(loop -> loop.count(bucket));
        }
        return counts;
    }

    /** How long it took together, in seconds. */
    public double seconds() {
        return (double) sum.applyAsLong(LoopDurations::nanos) / TimeUnit.SECONDS.toNanos(1);
    }
}
