package io.laneway.gateway.upstream.health;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What an endpoint's responses say about it: errors in a row, and the times it was ejected for them. Safe for many
 * threads; while there are no errors a good response costs the read of a field that is not written.
 */
public final class OutlierDetector {

    /** No ejection lasts longer, however often it was repeated. */
    public static final Duration LONGEST = Duration.ofMinutes(5);

    private final AtomicInteger errors = new AtomicInteger();
    private volatile boolean ejected;
    private int times;
    private long lastEnd;

    /** A response was good. */
    public void succeeded() {
        if (errors.getPlain() != 0) {
            errors.set(0);
        }
    }

    /**
     * A response was an error, or did not come.
     *
     * @param threshold errors in a row that make an outlier, 0 for never
     * @return whether it is one now; true once for each {@code threshold} errors in a row
     */
    public boolean failed(int threshold) {
        if (threshold == 0 || errors.incrementAndGet() < threshold) {
            return false;
        }
        return errors.getAndSet(0) >= threshold;
    }

    /** Whether it is ejected now. */
    public boolean ejected() {
        return ejected;
    }

    /**
     * Ejects it.
     *
     * @param first how long the first time; the n-th time in a row lasts n times as long
     * @param now   nanoseconds
     * @return for how long
     */
    public synchronized Duration eject(Duration first, long now) {
        forgive(first, now);
        times++;
        ejected = true;
        Duration time = first.multipliedBy(times);
        return time.compareTo(LONGEST) > 0 ? LONGEST : time;
    }

    /** Its time is over. */
    public synchronized void restore(long now) {
        ejected = false;
        lastEnd = now;
        errors.set(0);
    }

    /** Every spell of good conduct as long as a first ejection takes one ejection off the count. */
    private void forgive(Duration first, long now) {
        if (times > 0 && !first.isZero()) {
            long spells = (now - lastEnd) / first.toNanos();
            times = (int) Math.max(0, times - Math.max(0, spells));
        }
    }

    /**
     * Whether one more of a deployment's endpoints may be ejected.
     *
     * @param all      its endpoints
     * @param ejected  those ejected already
     * @param others   endpoints that could serve without this one
     * @param maxShare percent of all that may be ejected
     */
    public static boolean mayEject(int all, int ejected, int others, int maxShare) {
        return others > 0 && (ejected + 1) * 100L <= (long) maxShare * all;
    }
}
