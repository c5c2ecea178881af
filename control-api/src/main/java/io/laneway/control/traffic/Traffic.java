package io.laneway.control.traffic;

import io.laneway.control.gateways.GatewayReport;
import io.laneway.control.gateways.ReportListener;
import io.laneway.control.gateways.Totals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests of the last minute, from the totals of gateways' reports: what lies between two reports of one run counts
 * as spread evenly over the time between them, so that gateways may report as seldom as they like. Bounded: what is
 * beyond {@value #MAX_FLOWS} kinds of requests counts by the lane asked for alone. Safe for many threads.
 */
public final class Traffic implements ReportListener {

    /** Services × asked × served that are counted apart: 800 services and 6 000 lanes have 30 000 deployments. */
    private static final int MAX_FLOWS = 32_768;

    /** What is counted where there is no room, by the lane asked for. */
    private static final String OTHER = "__other__";

    private static final int MAX_LANES = 16_384;

    /** A gateway that was silent for longer counted what is of no minute. */
    private static final long RESTART_MS = 30_000;

    /** Reports of a gateway in which nothing passed may be of a revision alone, and are no proof of silence. */
    private static final long REPORT_MS = 6_000;

    private static final long SET_BACK_MS = 60_000;

    /** A report that is later than this is not waited for. */
    private static final long LATE_MS = 10_000;

    private final Map<String, Heard> gateways = new HashMap<>();
    private final Map<FlowKey, Flow> flows = new HashMap<>();
    private long version;
    private long swept;
    private @Nullable TrafficView view;

    /**
     * The last report of a gateway. Immutable.
     *
     * @param at      when it came
     * @param counted when something had passed last
     */
    private record Heard(long at, long counted, GatewayReport report) {}

    @Override
    public synchronized void reported(String gateway, GatewayReport report, long at) {
        Heard last = gateways.get(gateway);
        if (!report.counted() || (last != null && late(last, at))) {
            return;
        }
        boolean known = last != null && last.at() <= at && sameRun(last, report, at);
        if (!known || last == null) {
            gateways.put(gateway, new Heard(at, at, report));
            return;
        }
        boolean restarted = !last.report().started().equals(report.started());
        Map<FlowKey, Totals> before = restarted ? Map.of() : byKey(last.report());
        long from = Math.min(at - 1, Math.max(last.counted(), last.at() - REPORT_MS));
        boolean counted = add(report.lanes(), before, from, at);
        boolean passed = add(report.others(), before, from, at) || counted;
        gateways.put(gateway, new Heard(at, passed ? at : last.counted(), report));
        version++;
    }

    /** Whether anything passed. */
    private boolean add(List<Totals> counted, Map<FlowKey, Totals> before, long from, long at) {
        boolean passed = false;
        for (Totals totals : counted) {
            FlowKey key = FlowKey.of(totals);
            Totals old = before.get(key);
            if (old == null ? totals.requests() > 0 : old.requests() != totals.requests()) {
                passed = true;
                flow(key, at).add(Passed.between(old, totals), from, at);
            }
        }
        return passed;
    }

    /** A report from so long before the last was not heard late: the clock was set back. */
    private static boolean late(Heard last, long at) {
        return last.at() > at && last.at() - at < SET_BACK_MS;
    }

    private static boolean sameRun(Heard last, GatewayReport report, long at) {
        return last.report().started().equals(report.started()) || at - last.at() < RESTART_MS;
    }

    private static Map<FlowKey, Totals> byKey(GatewayReport report) {
        Map<FlowKey, Totals> totals = new HashMap<>(2 * report.lanes().size());
        report.lanes().forEach(one -> totals.put(FlowKey.of(one), one));
        report.others().forEach(one -> totals.put(FlowKey.of(one), one));
        return totals;
    }

    private Flow flow(FlowKey key, long at) {
        Flow known = flows.get(key);
        if (known != null) {
            return known;
        }
        if (flows.size() >= MAX_FLOWS) {
            sweep(Slots.of(at));
        }
        FlowKey taken = flows.size() < MAX_FLOWS ? key : new FlowKey(OTHER, key.asked(), OTHER);
        if (flows.size() >= MAX_FLOWS + MAX_LANES) {
            taken = new FlowKey(OTHER, OTHER, OTHER);
        }
        return flows.computeIfAbsent(taken, fresh -> new Flow());
    }

    @Override
    public synchronized void forgotten(String gateway) {
        gateways.remove(gateway);
    }

    /** What passed within the minute before a time, in milliseconds since 1970. */
    public synchronized TrafficView view(long now) {
        TrafficView last = view;
        long slot = Slots.of(now);
        if (last != null && last.version() == version && last.slot() == slot) {
            return last;
        }
        sweep(slot);
        TrafficView fresh = TrafficView.of(version, slot, settling(now), this::each);
        view = fresh;
        return fresh;
    }

    /** Forgets what is older than a minute; at most once a slot, since it looks at all there is. */
    private void sweep(long slot) {
        if (slot != swept) {
            swept = slot;
            flows.values().removeIf(flow -> flow.over(slot));
        }
    }

    private void each(BiConsumer<FlowKey, Flow> taker) {
        flows.forEach(taker);
    }

    /** How many of the newest slots may still grow, since some gateway has not reported of them yet. */
    private int settling(long now) {
        long settled = now;
        for (Heard heard : gateways.values()) {
            if (now - heard.at() < LATE_MS) {
                settled = Math.min(settled, heard.at());
            }
        }
        return (int) Math.min(Slots.SHOWN, Math.max(1, Slots.of(now) - Slots.of(settled) + 1));
    }

    /** How many kinds of requests are kept. */
    synchronized int size() {
        return flows.size();
    }
}
