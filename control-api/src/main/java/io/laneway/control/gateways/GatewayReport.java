package io.laneway.control.gateways;

import io.laneway.router.text.Slug;
import java.util.HashMap;
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
}
