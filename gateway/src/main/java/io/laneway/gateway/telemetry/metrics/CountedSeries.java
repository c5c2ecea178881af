package io.laneway.gateway.telemetry.metrics;

import io.laneway.gateway.telemetry.metrics.LoopMetrics.Target;
import io.laneway.gateway.telemetry.metrics.NamedSeries.Entry;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A request series of all loops, as it was read last, and the entries that what is counted of it goes to. Confined to one
 * thread at a time.
 */
final class CountedSeries {

    /** Where the durations begin, after the codes. */
    private static final int LATENCY = RequestSeries.CODES;

    /** Where the statuses of gRPC begin. */
    private static final int GRPC = LATENCY + Latency.BUCKETS + 1;

    private static final int ALL = GRPC + RequestSeries.GRPC;

    private final SeriesKey key;
    private final Entry<SeriesKey> requests;
    private final @Nullable Entry<SeriesKey> fallbacks;
    private final Entry<Target> deployment;
    private final long[] before = new long[ALL];
    private final long[] now = new long[ALL];
    private long round = -1;
    private boolean gone;
    private long lastUsed;

    /** @param fallbacks null if it is none */
    CountedSeries(
            SeriesKey key, Entry<SeriesKey> requests, @Nullable Entry<SeriesKey> fallbacks, Entry<Target> deployment) {
        this.key = key;
        this.requests = requests;
        this.fallbacks = fallbacks;
        this.deployment = deployment;
    }

    SeriesKey key() {
        return key;
    }

    /** Begins a round of reading if this is a new one; whether the series is still there. */
    boolean begin(long thisRound, Presence presence) {
        if (round != thisRound) {
            round = thisRound;
            gone = presence.gone(key);
        }
        return !gone;
    }

    boolean isIn(long thisRound) {
        return round == thisRound && !gone;
    }

    /** Reads a loop's part. */
    void read(RequestSeries part) {
        lastUsed = Math.max(lastUsed, part.lastUsed());
        part.addTo(now, LATENCY, GRPC);
    }

    /** Passes on what was counted since the last round. */
    void end(Presence presence) {
        presence.used(key, lastUsed);
        long[] codes = requests.counts();
        long[] served = deployment.counts();
        long all = 0;
        for (int i = 0; i < GRPC + DeploymentCounts.STATUSES; i++) {
            // A counter that fell has begun at 0 again.
            long since = now[i] >= before[i] ? now[i] - before[i] : now[i];
            if (i < LATENCY) {
                codes[i] += since;
                all += since;
            } else {
                served[i - LATENCY] += since;
            }
            before[i] = now[i];
        }
        Arrays.fill(now, 0);
        if (fallbacks != null) {
            fallbacks.counts()[0] += all;
        }
    }
}
