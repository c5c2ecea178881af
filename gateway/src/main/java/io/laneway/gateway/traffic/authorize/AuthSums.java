package io.laneway.gateway.traffic.authorize;

import io.laneway.gateway.runtime.record.DurationSums;
import java.util.function.ToLongFunction;

/** What all event loops counted of one listener's authorization. Any thread. */
public final class AuthSums {

    private final Sum sum;

    /** Adds up one count over the loops. */
    interface Sum {
        long of(ToLongFunction<AuthCounts> count);
    }

    AuthSums(Sum sum) {
        this.sum = sum;
    }

    /** Requests that passed by a decision. */
    public long allowed() {
        return sum.of(loop -> loop.allowed.get());
    }

    /** Requests that were denied by a decision. */
    public long denied() {
        return sum.of(loop -> loop.denied.get());
    }

    /** Requests that passed without one. */
    public long failedAllowed() {
        return sum.of(loop -> loop.failedAllowed.get());
    }

    /** Requests that were denied for want of one. */
    public long failedDenied() {
        return sum.of(loop -> loop.failedDenied.get());
    }

    /** Requests whose decision was remembered. */
    public long remembered() {
        return sum.of(loop -> loop.remembered.get());
    }

    /** Requests for which a decision counted whose time was over. */
    public long stale() {
        return sum.of(loop -> loop.stale.get());
    }

    /** Requests that waited for the check of another. */
    public long shared() {
        return sum.of(loop -> loop.shared.get());
    }

    /** Checks that were asked. */
    public long asked() {
        return sum.of(loop -> loop.asked.get());
    }

    /** Checks without a decision. */
    public long errors() {
        return sum.of(loop -> loop.errors.get());
    }

    /** Checks by duration. */
    public DurationSums durations() {
        return new DurationSums(AuthCounts.BOUNDS, count -> sum.of(loop -> count.applyAsLong(loop.durations)));
    }
}
