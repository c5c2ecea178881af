package io.laneway.gateway.telemetry.metrics;

import io.laneway.gateway.runtime.record.DeploymentStats;
import io.laneway.gateway.runtime.record.ExchangeObserver;
import io.laneway.gateway.runtime.record.ExchangeRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * What all event loops count, summed up when asked. Series of lanes and services that the table does not have any more
 * are left out, and forgotten by the loops soon after. Safe for many threads.
 */
public final class RequestMetrics implements MetricSource {

    /** Requested lanes with series of their own. */
    static final int REQUESTED_LANES = 100;

    /** Request series of each loop. */
    static final int SERIES = 10_000;

    private final KnownNames known;
    private final RequestedLanes lanes;
    private final int seriesLimit;
    private final RecentTenants tenants;
    private final List<LoopMetrics> loops = new CopyOnWriteArrayList<>();

    /**
     * Metrics of a gateway.
     *
     * @param clock milliseconds since the epoch
     */
    public RequestMetrics(KnownNames known, LongSupplier clock) {
        this(known, clock, REQUESTED_LANES, SERIES);
    }

    RequestMetrics(KnownNames known, LongSupplier clock, int requestedLanes, int seriesLimit) {
        this.known = known;
        this.tenants = new RecentTenants(clock);
        this.lanes = new RequestedLanes(requestedLanes, clock);
        this.seriesLimit = seriesLimit;
    }

    /** Makes the counters of an event loop. */
    public ExchangeObserver loop(Executor loop) {
        LoopMetrics metrics = new LoopMetrics(loop, lanes, seriesLimit);
        loops.add(metrics);
        return metrics;
    }

    /** Requests that run on upstreams now, over all loops. */
    public long activeRequests() {
        return loops.stream()
                .flatMap(loop -> loop.deployments().stream())
                .mapToLong(deployment -> deployment.activeRequests.get())
                .sum();
    }

    /** What is reported of the lanes. */
    public LaneCounts counts() {
        return new LaneCounts(this::totals, this::others, this::takeUncounted, this::tenants, List::of);
    }

    /** What was counted so far, by service, served and requested lane. */
    public List<LaneTotals> totals() {
        return sums().totals();
    }

    /** What was counted so far of lanes of the table that had no series of their own, by the lane asked for. */
    Map<String, AskedTotals> others() {
        Map<String, long[]> sums = new TreeMap<>();
        loops.forEach(loop -> loop.addOthersTo(sums, lane -> !known.lane(lane)));
        Map<String, AskedTotals> others = new TreeMap<>();
        sums.forEach((lane, counts) -> others.put(
                lane, new AskedTotals(counts[LoopMetrics.OTHER_REQUESTS], counts[LoopMetrics.OTHER_ERRORS])));
        return others;
    }

    /** The lanes asked for since this was called last that had no series of their own. */
    Set<String> takeUncounted() {
        Set<String> lanes = new TreeSet<>();
        loops.forEach(loop -> lanes.addAll(loop.takeUncounted()));
        lanes.removeIf(lane -> !known.lane(lane));
        return lanes;
    }

    /** Tenants seen within the last hour, by shift. */
    Map<String, List<String>> tenants() {
        loops.forEach(loop -> loop.tenants().take(tenants::add));
        return tenants.byShift();
    }

    /** The deployments that were used, of those that the table has. */
    Set<LoopMetrics.Target> targets() {
        Set<LoopMetrics.Target> targets = new TreeSet<>(
                Comparator.comparing(LoopMetrics.Target::service).thenComparing(LoopMetrics.Target::lane));
        for (LoopMetrics loop : loops) {
            for (DeploymentStats stats : loop.deployments()) {
                targets.add(new LoopMetrics.Target(stats.service(), stats.lane()));
            }
        }
        targets.removeIf(this::gone);
        return targets;
    }

    @Override
    public void write(Exposition out) {
        sums().write(out);
        DeploymentSums.write(loops, target -> !gone(target), out);
        ListenerSums.write(loops, out);
    }

    /** Takes over when lanes were last used, and lets the loops forget what is gone. */
    public void refresh() {
        boolean stale = false;
        for (LoopMetrics loop : loops) {
            for (RequestSeries series : loop.series()) {
                lanes.used(series.key().requested(), series.lastUsed());
                stale |= gone(series);
            }
            stale |= loop.deployments().stream().anyMatch(stats -> gone(stats.service(), stats.lane()));
        }
        if (stale) {
            Predicate<RequestSeries> seriesGone = this::gone;
            loops.forEach(loop -> loop.prune(seriesGone, this::gone));
        }
    }

    private RequestSums sums() {
        refresh();
        RequestSums sums = new RequestSums();
        for (LoopMetrics loop : loops) {
            sums.add(loop, series -> !gone(series));
        }
        return sums;
    }

    private boolean gone(RequestSeries series) {
        SeriesKey key = series.key();
        String requested = key.requested();
        if (!RequestedLanes.isWord(requested) && !known.lane(requested)) {
            lanes.forget(requested);
            return true;
        }
        return !lanes.holds(requested) || gone(key.service(), key.lane());
    }

    private boolean gone(LoopMetrics.Target target) {
        return gone(target.service(), target.lane());
    }

    private boolean gone(String service, String lane) {
        boolean laneKnown = RequestedLanes.isWord(lane) || known.lane(lane);
        boolean ownWord = service.equals(ExchangeRecord.NO_SERVICE)
                || service.equals(ExchangeRecord.PASSTHROUGH)
                || service.equals(RequestedLanes.OTHER);
        return !laneKnown || !(ownWord || known.service(service));
    }
}
