package io.laneway.control.gateways;

import io.laneway.control.gateways.GatewayReport.Totals;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What gateways measured within the last minutes, from the totals of their reports: the difference between two reports
 * of one run of a gateway. Safe for many threads.
 */
public final class Measures {

    private static final long KEEP_MS = 3_600_000;
    private static final int MAX_REPORTS = 4_000;

    private final Map<String, Deque<Sample>> samples = new HashMap<>();

    private record Sample(long at, GatewayReport report) {}

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

        Measure plus(Measure other) {
            Map<Double, Long> sum = new HashMap<>(latency);
            other.latency.forEach((bound, count) -> sum.merge(bound, count, Long::sum));
            return new Measure(requests + other.requests, errors + other.errors, sum);
        }
    }

    /** Takes a report. */
    public synchronized void add(String gateway, GatewayReport report, long at) {
        Deque<Sample> all = samples.computeIfAbsent(gateway, id -> new ArrayDeque<>());
        Sample last = all.peekLast();
        if (last != null && !last.report().started().equals(report.started())) {
            all.clear();
        }
        all.addLast(new Sample(at, report));
        while (all.size() > MAX_REPORTS || at - all.getFirst().at() > KEEP_MS) {
            all.removeFirst();
        }
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
                difference(start.report().lanes(), end.report().lanes(), sums);
            }
        }
        return sums;
    }

    private static void difference(List<Totals> before, List<Totals> after, Map<Served, Measure> sums) {
        Map<List<String>, Totals> old = new HashMap<>();
        before.forEach(totals -> old.put(key(totals), totals));
        for (Totals now : after) {
            Served served = new Served(now.service(), now.lane());
            sums.merge(served, difference(old.get(key(now)), now), Measure::plus);
        }
    }

    private static List<String> key(Totals totals) {
        return List.of(totals.service(), totals.lane(), totals.requested());
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
