package io.laneway.control.gateways;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests for one service that asked for one lane. Immutable.
 *
 * @param errors    responses of 500 and above
 * @param fallbacks served by another lane than the one asked for
 * @param latency   how long they took
 */
public record Measure(long requests, long errors, long fallbacks, Buckets latency) {

    public static final Measure NONE = new Measure(0, 0, 0, Buckets.NONE);

    /** What came between two totals of one run of a gateway. One that began a series again counts from nothing. */
    static Measure between(@Nullable Totals old, Totals now) {
        Measure after = of(now);
        return old == null || now.requests() < old.requests() ? after : after.minus(of(old));
    }

    private static Measure of(Totals totals) {
        Map<Double, Long> latency = new HashMap<>();
        totals.latency().forEach((bound, count) -> latency.merge(LatencyBounds.parse(bound), count, Long::sum));
        return new Measure(totals.requests(), totals.errors(), totals.fallen(), new Buckets(latency));
    }

    public double errorRate() {
        return requests == 0 ? 0 : (double) errors / requests;
    }

    public double fallbackRate() {
        return requests == 0 ? 0 : (double) fallbacks / requests;
    }

    /** Both together. */
    public Measure plus(Measure other) {
        return new Measure(
                requests + other.requests,
                errors + other.errors,
                fallbacks + other.fallbacks,
                latency.plus(other.latency));
    }

    /** What came since. */
    public Measure minus(Measure before) {
        long more = Math.max(0, requests - before.requests);
        return new Measure(
                more,
                Math.min(more, Math.max(0, errors - before.errors)),
                Math.min(more, Math.max(0, fallbacks - before.fallbacks)),
                latency.minus(before.latency));
    }
}
