package io.laneway.gateway.telemetry.metrics;

import io.laneway.gateway.runtime.record.DeploymentStats;
import io.laneway.gateway.telemetry.metrics.LoopMetrics.Target;
import io.laneway.gateway.telemetry.metrics.NamedSeries.Entry;
import java.util.Arrays;

/** The upstream side of a deployment over all loops, as it was read last. Confined to one thread at a time. */
final class CountedDeployment {

    private final Target target;
    private final Entry<Target> entry;
    private final long[] before = new long[DeploymentCounts.COUNTERS_OF_STATS];
    private final long[] now = new long[DeploymentCounts.COUNTERS_OF_STATS];
    private final long[] gauges = new long[DeploymentCounts.GAUGE_COUNT];
    private long round = -1;
    private boolean gone;

    CountedDeployment(Target target, Entry<Target> entry) {
        this.target = target;
        this.entry = entry;
    }

    /** Reads a loop's part, if the deployment is still there. */
    void read(DeploymentStats part, long thisRound, Presence presence) {
        if (round != thisRound) {
            round = thisRound;
            gone = presence.gone(target);
            Arrays.fill(now, 0);
            Arrays.fill(gauges, 0);
        }
        if (!gone) {
            DeploymentCounts.addCounters(part, now);
            DeploymentCounts.addGauges(part, gauges);
        }
    }

    boolean isIn(long thisRound) {
        return round == thisRound && !gone;
    }

    /** Passes on what was counted since the last round. */
    void end() {
        long[] counts = entry.counts();
        for (int i = 0; i < now.length; i++) {
            // A counter that fell has begun at 0 again.
            counts[DeploymentCounts.SERVED + i] += now[i] >= before[i] ? now[i] - before[i] : now[i];
            before[i] = now[i];
        }
    }

    Target target() {
        return target;
    }

    boolean folds() {
        return entry.folds();
    }

    long[] gauges() {
        return gauges;
    }
}
