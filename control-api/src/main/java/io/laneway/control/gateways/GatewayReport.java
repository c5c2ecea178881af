package io.laneway.control.gateways;

import io.laneway.router.document.Documents;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.fields.Values;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.text.Slug;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway says of itself. Immutable. Its counters are totals since it started, so a report that is lost or sent
 * twice does no harm. A report that says nothing of counters, such as one of a new revision alone, leaves
 * what was reported before.
 *
 * @param address  where its admin endpoints are, maybe empty
 * @param started  names this run of the gateway; totals begin from 0 with another one
 * @param store    the store whose table it has, empty if none
 * @param revision the revision it has applied
 * @param state    {@code following}, or why it is not, such as {@code source_changed}
 * @param counted  whether it says what it counted
 * @param lanes    what it counted
 * @param others   what it counted by the lane asked for alone, since it has no room to count those apart
 * @param used     lanes asked for lately that it does not count apart
 * @param tenants  tenants seen lately, by shift
 * @param questions kinds of questions that it knows; none where it is too old to know any
 * @param unverified external listeners that verify no tokens, so that claims choose no tenant there
 * @param losses   services that lost lanes lately
 * @param recordings what became of requests that recordings matched
 * @param shed     requests that it shed since it started; {@link #UNKNOWN} where it does not say
 * @param kind     {@link #GATEWAY}, or what else follows the table, such as {@code xds}
 * @param rejected what it refused of a newer revision and why, empty for nothing
 */
public record GatewayReport(
        String version,
        String address,
        String started,
        String store,
        long revision,
        String state,
        boolean counted,
        List<Totals> lanes,
        List<Totals> others,
        List<String> used,
        Map<String, List<String>> tenants,
        List<String> questions,
        List<String> unverified,
        List<LostLanes> losses,
        List<RecordingCounts> recordings,
        long shed,
        String kind,
        String rejected) {

    static final long UNKNOWN = -1;

    /** The kind of a gateway of Laneway. */
    public static final String GATEWAY = "gateway";

    private static final int MAX_SERIES = 100_000;

    /** What gateways count together, such as {@code __unknown__}, is no lane. */
    private static final String WORD = "__";

    public GatewayReport {
        Objects.requireNonNull(version, "version");
        lanes = List.copyOf(lanes);
        if (lanes.size() > MAX_SERIES) {
            throw new IllegalArgumentException("lanes: " + lanes.size() + " (expected: at most " + MAX_SERIES + ")");
        }
        others = List.copyOf(others);
        used = List.copyOf(used);
        tenants = Map.copyOf(tenants);
        questions = List.copyOf(questions);
        unverified = List.copyOf(unverified);
        losses = List.copyOf(losses);
        recordings = List.copyOf(recordings);
    }

    /** One that says nothing of lanes that it does not count apart, nor of listeners without tokens and of lost lanes. */
    public GatewayReport(
            String version,
            String address,
            String started,
            String store,
            long revision,
            String state,
            boolean counted,
            List<Totals> lanes,
            List<String> used,
            Map<String, List<String>> tenants,
            List<String> questions) {
        this(
                version, address, started, store, revision, state, counted, lanes, List.of(), used, tenants, questions,
                List.of(), List.of(), List.of(), UNKNOWN, GATEWAY, "");
    }

    /** Of one that follows the table without being a gateway: it counts nothing and answers nothing. */
    public static GatewayReport follower(
            String kind, String version, String address, String store, long revision, String rejected) {
        return new GatewayReport(
                version,
                address,
                "",
                store,
                revision,
                rejected.isEmpty() ? "following" : "rejected",
                false,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                UNKNOWN,
                kind,
                rejected);
    }

    /** This report, with what one before it counted where it says nothing of that. */
    public GatewayReport after(@Nullable GatewayReport before) {
        return counted
                        || before == null
                        || !before.counted()
                        || !before.started().equals(started)
                ? this
                : new GatewayReport(
                        version,
                        address,
                        started,
                        store,
                        revision,
                        state,
                        true,
                        before.lanes(),
                        before.others(),
                        List.of(),
                        before.tenants(),
                        questions,
                        unverified,
                        before.losses(),
                        before.recordings(),
                        before.shed(),
                        kind,
                        rejected);
    }

    /**
     * Totals of one service in one lane.
     *
     * @param lane      the lane that served
     * @param requested the lane that was asked for or assigned; empty for none
     * @param errors    responses of 500 and above
     * @param fallbacks null where the gateway is too old to say
     * @param latency   requests by the upper bound of their time in ms; {@code +Inf} for the rest
     */
    public record Totals(
            String service,
            String lane,
            String requested,
            long requests,
            long errors,
            @Nullable Fallbacks fallbacks,
            Map<String, Long> latency) {

        /** As a gateway reports that does not count fallbacks. */
        public Totals(
                String service, String lane, String requested, long requests, long errors, Map<String, Long> latency) {
            this(service, lane, requested, requests, errors, null, latency);
        }

        public Totals {
            latency = Map.copyOf(latency);
        }

        /** Requests that the requested lane did not serve. An older gateway says it by the lane that did. */
        public long fallen() {
            boolean elsewhere =
                    !requested.isEmpty() && !lane.isEmpty() && !Slug.of(lane).equals(Slug.of(requested));
            return fallbacks != null ? fallbacks.unready() + fallbacks.absent() : elsewhere ? requests : 0;
        }

        JsonObject json() {
            JsonObject json = new JsonObject()
                    .put("service", service)
                    .put("lane", lane)
                    .put("requested", requested)
                    .put("requests", requests)
                    .put("errors", errors)
                    .put("latency", new JsonObject(new LinkedHashMap<>(latency)));
            return fallbacks == null ? json : json.put("fallbacks", fallbacks.json());
        }

        Series series() {
            return new Series(service, lane, requested);
        }
    }

    /**
     * Requests that another lane served than the one requested. Immutable.
     *
     * @param unready the requested lane had no usable endpoint
     * @param absent  it has no such service
     */
    public record Fallbacks(long unready, long absent) {

        static @Nullable Fallbacks read(Node node, Problems problems) {
            Fields fields = Fields.of(node, problems);
            long unready = fields.number("unready", 0, Long.MAX_VALUE, 0);
            long absent = fields.number("absent", 0, Long.MAX_VALUE, 0);
            return fields.build(() -> new Fallbacks(unready, absent));
        }

        JsonObject json() {
            return new JsonObject().put("unready", unready).put("absent", absent);
        }
    }

    /** Names what is counted together. Immutable. */
    record Series(String service, String lane, String requested) {}

    /** Lanes that were asked for since the report before; null where there was none. */
    public Set<String> usedSince(@Nullable GatewayReport before) {
        Map<Series, Long> old = new HashMap<>();
        if (before != null && before.started().equals(started)) {
            before.lanes().forEach(totals -> old.merge(totals.series(), totals.requests(), Long::sum));
        }
        Set<String> lately = new TreeSet<>(used);
        for (Totals totals : lanes) {
            // Fewer than before: a gateway forgot a series and began it again.
            if (totals.requests() != old.getOrDefault(totals.series(), 0L)) {
                lately.add(totals.requested());
            }
        }
        lately.removeIf(lane -> lane.startsWith(WORD) || Slug.of(lane).isEmpty());
        return lately;
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
        boolean counted = fields.has("lanes");
        List<Totals> lanes = fields.list("lanes", GatewayReport::totals);
        Map<String, Totals> others = fields.map("others", GatewayReport::asked);
        List<String> used = fields.texts("used");
        Map<String, List<String>> tenants = fields.map("tenants", GatewayReport::texts);
        List<String> questions = fields.texts("questions");
        List<String> unverified = fields.texts("unverified");
        List<LostLanes> losses = fields.list("losses", LostLanes::read);
        List<RecordingCounts> recordings = fields.list("recordings", RecordingCounts::read);
        long shed = fields.has("shed") ? fields.number("shed", 0, Long.MAX_VALUE, 0) : UNKNOWN;
        String kind = fields.text("kind", GATEWAY);
        String rejected = fields.text("rejected", "");
        return fields.build(() -> new GatewayReport(
                version,
                address,
                started,
                store,
                revision,
                state,
                counted,
                lanes,
                named(others),
                used,
                tenants,
                questions,
                unverified,
                losses,
                recordings,
                shed,
                kind,
                rejected));
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

    /** As it is sent and as the store keeps it. */
    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("version", version)
                .put("address", address)
                .put("started", started)
                .put("store", store)
                .put("revision", revision)
                .put("state", state);
        if (counted) {
            JsonArray all = new JsonArray();
            lanes.forEach(totals -> all.add(totals.json()));
            json.put("lanes", all);
            if (!others.isEmpty()) {
                JsonObject asked = new JsonObject();
                others.forEach(one -> asked.put(
                        one.requested(),
                        new JsonObject().put("requests", one.requests()).put("errors", one.errors())));
                json.put("others", asked);
            }
        }
        if (shed != UNKNOWN) {
            json.put("shed", shed);
        }
        if (!kind.equals(GATEWAY)) {
            json.put("kind", kind).put("rejected", rejected);
        }
        if (!questions.isEmpty()) {
            json.put("questions", new JsonArray(questions));
        }
        if (!unverified.isEmpty()) {
            json.put("unverified", new JsonArray(unverified));
        }
        if (!losses.isEmpty()) {
            JsonArray all = new JsonArray();
            losses.forEach(each -> all.add(each.json()));
            json.put("losses", all);
        }
        if (!recordings.isEmpty()) {
            JsonArray all = new JsonArray();
            recordings.forEach(each -> all.add(each.json()));
            json.put("recordings", all);
        }
        return tenants.isEmpty() ? json : json.put("tenants", new JsonObject(new LinkedHashMap<>(tenants)));
    }

    private static @Nullable Totals totals(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String service = fields.text("service");
        String lane = fields.text("lane", "");
        String requested = fields.text("requested", "");
        long requests = fields.number("requests", 0, Long.MAX_VALUE, 0);
        long errors = fields.number("errors", 0, Long.MAX_VALUE, 0);
        Fallbacks fallbacks = fields.has("fallbacks") ? fields.optionalObject("fallbacks", Fallbacks::read) : null;
        Map<String, Long> latency = fields.map("latency", GatewayReport::count);
        return fields.build(() -> new Totals(service, lane, requested, requests, errors, fallbacks, latency));
    }

    /** What asked for a lane, whose name is the key. */
    private static @Nullable Totals asked(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        long requests = fields.number("requests", 0, Long.MAX_VALUE, 0);
        long errors = fields.number("errors", 0, Long.MAX_VALUE, 0);
        return fields.build(() -> new Totals("", "", "", requests, errors, null, Map.of()));
    }

    private static List<Totals> named(Map<String, Totals> others) {
        return others.entrySet().stream()
                .map(one -> new Totals(
                        "",
                        "",
                        one.getKey(),
                        one.getValue().requests(),
                        one.getValue().errors(),
                        null,
                        Map.of()))
                .toList();
    }

    private static @Nullable Long count(Node node, Problems problems) {
        return Values.number(node, 0, Long.MAX_VALUE, problems);
    }

    private static @Nullable List<String> texts(Node node, Problems problems) {
        return Values.list(node, io.laneway.router.document.fields.Values::scalar, problems);
    }
}
