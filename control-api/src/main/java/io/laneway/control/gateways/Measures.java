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
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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

    private final Supplier<Set<String>> compared;
    private final Map<String, Deque<Sample>> samples = new HashMap<>();
    private volatile long keepMs = KEEP_MS;

    private record Sample(long at, String started, Map<Series, Totals> totals) {}

    /** Names what was served where. */
    public record Served(String service, String lane) {}

    /**
     * Requests of one service in one lane within a window. Immutable.
     *
     * @param latency requests by the upper bound of their time in ms
     */
    public record Measure(long requests, long errors, Map<Double, Long> latency) {

        public static final Measure NONE = new Measure(0, 0, Map.of());

        public Measure {
            latency = Map.copyOf(latency);
        }

        public double errorRate() {
            return requests == 0 ? 0 : (double) errors / requests;
        }

        /** The bound in ms below which this part of the requests stayed; NaN if nothing was measured. */
        public double quantile(double part) {
            long all = latency.values().stream().mapToLong(Long::longValue).sum();
            long seen = 0;
            for (Map.Entry<Double, Long> bucket : new TreeMap<>(latency).entrySet()) {
                seen += bucket.getValue();
                if (all > 0 && seen >= part * all) {
                    return bucket.getKey();
                }
            }
            return Double.NaN;
        }

        /** Both together. */
        public Measure plus(Measure other) {
            Map<Double, Long> sum = new HashMap<>(latency);
            other.latency.forEach((bound, count) -> sum.merge(bound, count, Long::sum));
            return new Measure(requests + other.requests, errors + other.errors, sum);
        }
    }

    /** @param compared slugs of the serving lanes that may be asked for */
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
        if (last != null && (last.at() > at || !last.started().equals(report.started()))) {
            all.clear();
        }
        Map<Series, Totals> totals = new HashMap<>();
        Set<String> lanes = compared.get();
        report.lanes().stream()
                .filter(one -> lanes.contains(Slug.of(one.lane())))
                .forEach(one -> totals.put(one.series(), one));
        all.addLast(new Sample(at, report.started(), totals));
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

    /** What was served after a time: from the last report before it, or the first one since, to the newest. */
    public synchronized Map<Served, Measure> since(long from) {
        Map<Served, Measure> sums = new HashMap<>();
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

    private static void difference(Map<Series, Totals> before, Map<Series, Totals> after, Map<Served, Measure> sums) {
        after.forEach((series, now) -> sums.merge(
                new Served(series.service(), series.lane()), difference(before.get(series), now), Measure::plus));
    }

    private static Measure difference(@Nullable Totals old, Totals now) {
        Map<Double, Long> latency = new HashMap<>();
        now.latency().forEach((bound, count) -> {
            long was = old == null ? 0 : old.latency().getOrDefault(bound, 0L);
            if (count > was) {
                latency.put(bound(bound), count - was);
            }
        });
        return new Measure(
                Math.max(0, now.requests() - (old == null ? 0 : old.requests())),
                Math.max(0, now.errors() - (old == null ? 0 : old.errors())),
                latency);
    }

    private static double bound(String text) {
        try {
            return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.POSITIVE_INFINITY;
        }
    }
}
