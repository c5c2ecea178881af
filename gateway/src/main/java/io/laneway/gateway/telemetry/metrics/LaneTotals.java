package io.laneway.gateway.telemetry.metrics;

import io.laneway.router.decision.Reason;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was counted since the start for one service, served lane and requested lane. Immutable.
 *
 * @param errors  responses of 500 and above, and calls of gRPC that ended with a status that says as much
 * @param unready requests that the requested lane did not serve because none of its endpoints was usable
 * @param absent  requests that the requested lane did not serve because it has no such service
 * @param latency how many requests fell into each bucket of duration, by its upper bound in milliseconds; empty ones
 *                are left out
 */
public record LaneTotals(
        String service,
        String lane,
        String requested,
        long requests,
        long errors,
        long unready,
        long absent,
        Map<String, Long> latency) {

    private static final int SERVER_ERRORS = 5;
    private static final double MILLIS = 1e3;

    static LaneTotals of(SeriesKey key, long[] codes, long hiddenErrors, long[] durations) {
        long requests = 0;
        for (long count : codes) {
            requests += count;
        }
        Map<String, Long> latency = new LinkedHashMap<>();
        for (int bucket = 0; bucket < Latency.BUCKETS; bucket++) {
            if (durations[bucket] > 0) {
                latency.put(boundMillis(bucket), durations[bucket]);
            }
        }
        return new LaneTotals(
                key.service(),
                key.lane(),
                key.requested(),
                requests,
                codes[SERVER_ERRORS] + hiddenErrors,
                key.reason() == Reason.FALLBACK_UNREADY ? requests : 0,
                key.reason() == Reason.FALLBACK_ABSENT ? requests : 0,
                latency);
    }

    LaneTotals plus(LaneTotals that) {
        Map<String, Long> sum = new LinkedHashMap<>(latency);
        that.latency.forEach((bound, count) -> sum.merge(bound, count, Long::sum));
        return new LaneTotals(
                service,
                lane,
                requested,
                requests + that.requests,
                errors + that.errors,
                unready + that.unready,
                absent + that.absent,
                sum);
    }

    private static String boundMillis(int bucket) {
        String seconds = Latency.boundSeconds(bucket);
        if (seconds.equals("+Inf")) {
            return seconds;
        }
        double millis = Double.parseDouble(seconds) * MILLIS;
        return millis == Math.rint(millis) ? Long.toString((long) millis) : Double.toString(millis);
    }
}
