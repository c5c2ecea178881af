package io.laneway.control.gateways;

import io.laneway.router.document.Documents;
import io.laneway.router.document.Fields;
import io.laneway.router.document.Node;
import io.laneway.router.document.Problems;
import io.laneway.router.document.Values;
import io.laneway.router.text.Slug;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway says of itself. Immutable. Its counters are totals since it started, so a report that is lost or told
 * twice does no harm.
 *
 * @param address  where its admin endpoints are, maybe empty
 * @param started  names this run of the gateway; totals begin anew with another one
 * @param store    the store whose table it has, empty if none
 * @param revision the revision it has applied
 * @param state    {@code following}, or why it is not, such as {@code source_changed}
 * @param lanes    what it counted
 * @param tenants  tenants seen lately, by shift
 */
public record GatewayReport(
        String version,
        String address,
        String started,
        String store,
        long revision,
        String state,
        List<Totals> lanes,
        Map<String, List<String>> tenants) {

    private static final int MAX_SERIES = 100_000;

    public GatewayReport {
        Objects.requireNonNull(version, "version");
        lanes = List.copyOf(lanes);
        if (lanes.size() > MAX_SERIES) {
            throw new IllegalArgumentException("lanes: " + lanes.size() + " (expected: at most " + MAX_SERIES + ")");
        }
        tenants = Map.copyOf(tenants);
    }

    /**
     * Totals of one service in one lane.
     *
     * @param lane      the lane that served
     * @param requested the lane that was asked for or assigned; empty for none
     * @param errors    answers of 500 and above
     * @param latency   requests by the upper bound of their time in ms; {@code +Inf} for the rest
     */
    public record Totals(
            String service, String lane, String requested, long requests, long errors, Map<String, Long> latency) {
        public Totals {
            latency = Map.copyOf(latency);
        }
    }

    /** Lanes that were asked for since the report before; null where there was none. */
    public Set<String> usedSince(@Nullable GatewayReport before) {
        boolean sameRun = before != null && before.started().equals(started);
        Map<List<String>, Long> old = new HashMap<>();
        if (before != null && sameRun) {
            before.lanes()
                    .forEach(totals -> old.merge(
                            List.of(totals.service(), totals.lane(), totals.requested()),
                            totals.requests(),
                            Long::sum));
        }
        Set<String> used = new TreeSet<>();
        for (Totals totals : lanes) {
            long was = old.getOrDefault(List.of(totals.service(), totals.lane(), totals.requested()), 0L);
            String lane = totals.requested().isEmpty() ? totals.lane() : totals.requested();
            if (totals.requests() > was && !Slug.of(lane).isEmpty()) {
                used.add(lane);
            }
        }
        return used;
    }

    /** Reads a report; null after a problem. Keys that a newer gateway may send are ignored. */
    public static @Nullable GatewayReport read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String version = fields.text("version", "");
        String address = fields.text("address", "");
        String started = fields.text("started", "");
        String store = fields.text("store", "");
        long revision = fields.number("revision", 0, Long.MAX_VALUE, 0);
        String state = fields.text("state", "following");
        List<Totals> lanes = fields.list("lanes", GatewayReport::totals);
        Map<String, List<String>> tenants = fields.map("tenants", GatewayReport::texts);
        return fields.build(() -> new GatewayReport(version, address, started, store, revision, state, lanes, tenants));
    }

    /** Reads what the store keeps. */
    static GatewayReport parse(String json) {
        Problems problems = Problems.lenient();
        Node node = Documents.parseJson(json.getBytes(StandardCharsets.UTF_8), problems);
        GatewayReport report = node == null ? null : read(node, problems);
        if (report == null) {
            throw new IllegalStateException("gateway report: " + problems);
        }
        return report;
    }

    private static @Nullable Totals totals(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String service = fields.text("service");
        String lane = fields.text("lane", "");
        String requested = fields.text("requested", "");
        long requests = fields.number("requests", 0, Long.MAX_VALUE, 0);
        long errors = fields.number("errors", 0, Long.MAX_VALUE, 0);
        Map<String, Long> latency = fields.map("latency", GatewayReport::count);
        return fields.build(() -> new Totals(service, lane, requested, requests, errors, latency));
    }

    private static @Nullable Long count(Node node, Problems problems) {
        Integer count = Values.integer(node, 0, Integer.MAX_VALUE, problems);
        return count == null ? null : count.longValue();
    }

    private static @Nullable List<String> texts(Node node, Problems problems) {
        return Values.list(node, io.laneway.router.document.Values::scalar, problems);
    }
}
