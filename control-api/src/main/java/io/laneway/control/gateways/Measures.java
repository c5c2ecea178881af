package io.laneway.control.gateways;

import io.laneway.router.text.Slug;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What gateways measured lately, from the totals of their reports: the difference between two reports of one run of a
 * gateway. Keeps the lanes that a guard may compare, as far back as one looks, and the newest report of each gateway.
 * Safe for many threads.
 */
public final class Measures {

    private static final int MAX_REPORTS = 4_000;

    /** Kept in any case, since another replica may begin a plan. */
    private static final long KEEP_MS = 30_000;

    /** A report from so long before the last was not heard late: the clock was set back. */
    private static final long SET_BACK_MS = 60_000;

    /** A gateway that was silent for longer may have counted what is of no window. */
    private static final long RESTART_MS = 30_000;

    private final Supplier<Set<String>> compared;
    private final Map<String, Deque<Sample>> samples = new HashMap<>();
    private final Tally all = new Tally(0, 0);
    private final Set<Tally> tallies = new HashSet<>(Set.of(all));
    private volatile long keepMs = KEEP_MS;

    private record Sample(long at, long revision, String started, Map<Series, Totals> totals) {}

    /** @param compared slugs of the requested lanes that may be looked at, beside none at all */
    public Measures(Supplier<Set<String>> compared) {
        this.compared = compared;
    }

    /** Keeps what was measured within so long from now on. */
    public void keep(Duration window) {
        keepMs = Math.max(KEEP_MS, window.toMillis());
    }

    /** Takes a report. */
    public synchronized void add(String gateway, GatewayReport report, long at) {
        if (!report.counted()) {
            return;
        }
        Deque<Sample> told = samples.computeIfAbsent(gateway, id -> new ArrayDeque<>());
        Sample last = told.peekLast();
        if (last != null && last.at() > at && last.at() - at < SET_BACK_MS) {
            return;
        }
        Sample sample = new Sample(at, report.revision(), report.started(), compared(report));
        if (last != null && (last.at() > at || !last.started().equals(report.started()))) {
            told.clear();
            if (last.at() <= at && at - last.at() < RESTART_MS) {
                // What a gateway that was heard of lately counted since its restart is new.
                told.addLast(new Sample(last.at(), last.revision(), report.started(), Map.of()));
            }
        }
        Sample before = told.peekLast();
        if (before != null) {
            sum(before, sample);
        }
        told.addLast(sample);
        // The newest sample from before what is kept stays: from it on is counted.
        while (told.size() > MAX_REPORTS || (told.size() > 1 && second(told).at() <= at - keepMs)) {
            told.removeFirst();
        }
    }

    private void sum(Sample before, Sample now) {
        Map<ServiceLane, Measure> more = new HashMap<>();
        difference(before.totals(), now.totals(), more);
        tallies.stream()
                .filter(tally -> tally.covers(before.revision(), before.at()))
                .forEach(tally -> tally.add(more));
    }

    private static Sample second(Deque<Sample> all) {
        var each = all.iterator();
        each.next();
        return each.next();
    }

    /** A gateway is gone for good. */
    public synchronized void forget(String gateway) {
        samples.remove(gateway);
    }

    private Map<Series, Totals> compared(GatewayReport report) {
        Map<Series, Totals> found = new HashMap<>();
        Set<String> lanes = compared.get();
        report.lanes().stream()
                .filter(one -> one.requested().isEmpty() || lanes.contains(Slug.of(one.requested())))
                .forEach(one -> found.put(one.series(), one));
        return found;
    }

    /** What was asked for after a time: from the last report before it, or the first one since, to the newest. */
    public synchronized Map<ServiceLane, Measure> since(long from) {
        return since(from, all);
    }

    /** The same, but for what lies before the moment of a tally. */
    public synchronized Map<ServiceLane, Measure> since(long from, Tally tally) {
        Map<ServiceLane, Measure> sums = new HashMap<>();
        for (Deque<Sample> each : samples.values()) {
            Sample start = null;
            for (Sample sample : each) {
                if (tally.covers(sample.revision(), sample.at()) && (start == null || sample.at() <= from)) {
                    start = sample;
                }
            }
            Sample end = each.peekLast();
            if (start != null && end != null && start.at() < end.at()) {
                difference(start.totals(), end.totals(), sums);
            }
        }
        return sums;
    }

    /**
     * Begins to sum up what is asked for from now on.
     *
     * @param revision of the table as it is now
     * @param at       the time, in milliseconds since 1970
     */
    public synchronized Tally begin(long revision, long at) {
        Tally tally = new Tally(revision, at);
        tallies.add(tally);
        return tally;
    }

    /** Sums up no more. */
    public synchronized void end(Tally tally) {
        tallies.remove(tally);
    }

    /** What was asked for since a tally began; it only grows. */
    public synchronized Map<ServiceLane, Measure> totals(Tally tally) {
        return tally.sums();
    }

    /** Everything that was asked for since this process began to listen; it only grows. */
    public synchronized Map<ServiceLane, Measure> totals() {
        return all.sums();
    }

    private static void difference(
            Map<Series, Totals> before, Map<Series, Totals> after, Map<ServiceLane, Measure> sums) {
        after.forEach((series, now) -> {
            Measure more = Measure.between(before.get(series), now);
            if (more.requests() > 0) {
                String lane = series.requested().isEmpty() ? "" : Slug.of(series.requested());
                sums.merge(new ServiceLane(series.service(), lane), more, Measure::plus);
            }
        });
    }
}
