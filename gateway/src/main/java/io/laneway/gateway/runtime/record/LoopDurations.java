package io.laneway.gateway.runtime.record;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** How long something took, as one event loop counts it by upper bounds. The loop changes it, any thread may read it. */
public final class LoopDurations {

    private final double[] bounds;
    private final LoopCounter[] buckets;
    private final LoopCounter nanos = new LoopCounter();

    /**
     * Nothing is counted yet.
     *
     * @param bounds in seconds, ascending; not to be changed
     */
    public LoopDurations(double[] bounds) {
        this.bounds = bounds;
        this.buckets = new LoopCounter[bounds.length + 1];
        Arrays.setAll(buckets, i -> new LoopCounter());
    }

    /** It took so many nanoseconds once more. Only on the owning loop. */
    public void add(long time) {
        double seconds = (double) time / TimeUnit.SECONDS.toNanos(1);
        int bucket = 0;
        while (bucket < bounds.length && seconds > bounds[bucket]) {
            bucket++;
        }
        buckets[bucket].increment();
        nanos.add(time);
    }

    /** How often it took no longer than that bound, and longer than the one before; the last one has no bound. */
    long count(int bucket) {
        return buckets[bucket].get();
    }

    /** How long it took together. */
    long nanos() {
        return nanos.get();
    }
}
