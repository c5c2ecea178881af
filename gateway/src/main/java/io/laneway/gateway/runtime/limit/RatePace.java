package io.laneway.gateway.runtime.limit;

import io.laneway.router.policy.Rate;

/**
 * A rate, or a part of it, in the words of the generic cell rate algorithm. Immutable.
 *
 * @param share    above 0, at most 1
 * @param interval nanoseconds between two requests
 * @param depth    how far ahead of that they may be, in nanoseconds
 */
record RatePace(double share, long interval, long depth) {

    /** Between two requests at most, in nanoseconds: 31 years. */
    private static final double LONGEST = 1e18;

    static RatePace of(Rate rate, double share) {
        long whole = Math.max(1, rate.per().toNanos() / rate.requests());
        long depth = Math.multiplyExact(whole, (long) rate.burst());
        long interval = share >= 1 ? whole : (long) Math.min(whole / share, LONGEST);
        return new RatePace(share, interval, Math.max(interval, depth));
    }
}
