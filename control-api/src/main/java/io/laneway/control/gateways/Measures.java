package io.laneway.control.gateways;

import io.laneway.control.gateways.GatewayReport.Series;
import io.laneway.control.gateways.GatewayReport.Totals;
import io.laneway.router.text.Slug;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
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
    private final Map<Asked, Measure> totals = new HashMap<>();
    private volatile long keepMs = KEEP_MS;

    private record Sample(long at, String started, Map<Series, Totals> totals) {}

    /**
     * Names what was asked for.
     *
     * @param lane the slug of the lane that was asked for or assigned, empty for none
     */
    public record Asked(String service, String lane) {}

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
        Deque<Sample> all = samples.computeIfAbsent(gateway, id -> new ArrayDeque<>());
        Sample last = all.peekLast();
        if (last != null && last.at() > at && last.at() - at < SET_BACK_MS) {
            return;
        }
        Sample sample = new Sample(at, report.started(), compared(report));
        if (last != null && (last.at() > at || !last.started().equals(report.started()))) {
            all.clear();
            if (last.at() <= at && at - last.at() < RESTART_MS) {
                // What a gateway that was heard of lately counted since its restart is new.
                all.addLast(new Sample(last.at(), report.started(), Map.of()));
            }
        }
        Sample before = all.peekLast();
        if (before != null) {
            difference(before.totals(), sample.totals(), totals);
        }
        all.addLast(sample);
        // The newest sample from before what is kept stays: from it on is counted.
        while (all.size() > MAX_REPORTS || (all.size() > 1 && second(all).at() <= at - keepMs)) {
            all.removeFirst();
        }
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
    public synchronized Map<Asked, Measure> since(long from) {
        Map<Asked, Measure> sums = new HashMap<>();
        for (Deque<Sample> all : samples.values()) {
            Sample start = null;
            for (Sample sample : all) {
                if (start == null || sample.at() <= from) {
                    start = sample;
                }
            }
            Sample end = all.peekLast();
            if (start != null && end != null && start.at() < end.at()) {
                difference(start.totals(), end.totals(), sums);
            }
        }
        return sums;
    }

    /** Everything that was asked for since this process began to listen; it only grows. */
    public synchronized Map<Asked, Measure> totals() {
        return Map.copyOf(totals);
    }

    private static void difference(Map<Series, Totals> before, Map<Series, Totals> after, Map<Asked, Measure> sums) {
        after.forEach((series, now) -> {
            Measure more = Measure.between(before.get(series), now);
            if (more.requests() > 0) {
                String lane = series.requested().isEmpty() ? "" : Slug.of(series.requested());
                sums.merge(new Asked(series.service(), lane), more, Measure::plus);
            }
        });
    }
}
