package io.laneway.gateway.telemetry.metrics;

import io.laneway.gateway.runtime.record.ExchangeObserver;
import io.laneway.gateway.runtime.record.ListenerStats.Offence;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What all event loops count, summed up when asked. Series of lanes and services that the table does not have any more
 * are left out, and forgotten by the loops soon after. Safe for many threads.
 */
public final class RequestMetrics implements MetricSource {

    /** Requested lanes with series of their own. */
    static final int REQUESTED_LANES = 100;

    /** Request series of each loop. */
    static final int SERIES = 10_000;

    /** Lines of an exposition. */
    public static final int LINES = 20_000;

    private final KnownNames known;
    private final LongSupplier clock;

    /** Also the lock of itself: several scrapers share what they see. */
    private final ShownSeries shown;

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
        this(known, clock, LINES);
    }

    /**
     * The same.
     *
     * @param lines of an exposition, about
     */
    public RequestMetrics(KnownNames known, LongSupplier clock, int lines) {
        this(known, clock, REQUESTED_LANES, SERIES, lines);
    }

    RequestMetrics(KnownNames known, LongSupplier clock, int requestedLanes, int seriesLimit, int lines) {
        this.clock = clock;
        this.shown = new ShownSeries(SeriesLimits.of(lines));
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
        return new LaneCounts(
                this::totals, this::others, this::takeUncounted, this::tenants, List::of, List::of, this::shed);
    }

    /** Requests shed since the start, over all loops and listeners. */
    private long shed() {
        return loops.stream()
                .flatMap(loop -> loop.listeners().stream())
                .mapToLong(listener -> listener.count(Offence.SHED).get())
                .sum();
    }

    /** What was counted so far, by service, served and requested lane. */
    public List<LaneTotals> totals() {
        refresh();
        Presence now = presence();
        RequestSums sums = new RequestSums();
        for (LoopMetrics loop : loops) {
            sums.add(loop, series -> !now.gone(series.key()));
        }
        return sums.totals();
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
        Set<LoopMetrics.Target> targets = new HashSet<>();
        loops.forEach(loop -> targets.addAll(loop.deploymentNames()));
        targets.removeIf(presence()::gone);
        return targets;
    }

    /** The deployment by which one is shown: itself, or all those together that have no series of their own. */
    LoopMetrics.Target shownAs(LoopMetrics.Target target) {
        synchronized (shown) {
            return shown.as(target);
        }
    }

    @Override
    public void write(Exposition out) {
        synchronized (shown) {
            if (shown.add(loops, presence(), clock.getAsLong())) {
                loops.forEach(this::prune);
            }
            shown.write(out);
        }
        out.counter(
                "laneway_metrics_dropped_total",
                "Requests counted under __other__ because there were too many series.");
        out.sample(loops.stream().mapToLong(LoopMetrics::dropped).sum());
        ListenerSums.write(loops, out);
    }

    /** Takes over when lanes were last used, and lets the loops forget what is gone. */
    public void refresh() {
        Presence now = presence();
        boolean stale = false;
        for (LoopMetrics loop : loops) {
            for (RequestSeries series : loop.series()) {
                lanes.used(series.key().requested(), series.lastUsed());
                stale |= now.gone(series.key());
            }
            stale |= loop.deploymentNames().stream().anyMatch(now::gone);
        }
        if (stale) {
            loops.forEach(this::prune);
        }
    }

    private void prune(LoopMetrics loop) {
        Presence then = presence();
        loop.prune(series -> then.gone(series.key()), then::gone);
    }

    private Presence presence() {
        return new Presence(known, lanes);
    }
}
