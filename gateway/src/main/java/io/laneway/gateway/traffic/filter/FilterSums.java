package io.laneway.gateway.traffic.filter;

import io.laneway.gateway.runtime.record.DurationSums;
import java.util.function.ToLongFunction;

/** What all event loops counted of one filter on one listener. Any thread. */
public final class FilterSums {

    private final Sum sum;

    /** Adds up one count over the loops. */
    interface Sum {
        long of(ToLongFunction<FilterCounts> count);
    }

    FilterSums(Sum sum) {
        this.sum = sum;
    }

    /** Requests that it let on their way. */
    public long proceeded() {
        return sum.of(loop -> loop.proceeded.get());
    }

    /** Requests to which it responded. */
    public long responded() {
        return sum.of(loop -> loop.responded.get());
    }

    /** Requests and responses for which it failed, and that went on. */
    public long failedAllowed() {
        return sum.of(loop -> loop.failedAllowed.get());
    }

    /** Requests and responses for which it failed, and whose clients got 503. */
    public long failedDenied() {
        return sum.of(loop -> loop.failedDenied.get());
    }

    /** Requests whose body it waited for, and that was too large, too slow or too late. */
    public long body() {
        return sum.of(loop -> loop.body.get());
    }

    /** Requests that were over while it had them. */
    public long cancelled() {
        return sum.of(loop -> loop.cancelled.get());
    }

    /** Calls that held the event loop too long. */
    public long overruns() {
        return sum.of(loop -> loop.overruns.get());
    }

    /** Time for which its calls held event loops, in nanoseconds. */
    public long held() {
        return sum.of(loop -> loop.held.get());
    }

    /** Requests by how long the filter had them. */
    public DurationSums durations() {
        return new DurationSums(FilterCounts.BOUNDS, count -> sum.of(loop -> count.applyAsLong(loop.durations)));
    }
}
