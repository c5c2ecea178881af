package io.laneway.gateway.upstream.cluster;

import io.laneway.gateway.upstream.balance.HashRing;
import io.laneway.gateway.upstream.balance.SlowStart;
import io.laneway.gateway.upstream.balance.WeightedChoice;
import io.laneway.gateway.upstream.endpoint.LiveEndpoint;
import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Policy;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints among which a request may be sent at one moment. Made again whenever the state of one of them changes,
 * so that a pick looks at no state. Immutable.
 */
final class Candidates {

    /** How good the best endpoints are that could be had. */
    enum Grade {
        /** Usable ones. */
        USABLE,
        /** Usable but for their responses: every one of them is ejected. */
        EJECTED,
        /** The table has them ready, but none can be reached or is healthy. */
        FAILED,
        /** There are none. */
        NONE
    }

    static final Candidates NONE =
            new Candidates(Grade.NONE, List.of(), Balancer.LEAST_REQUEST, null, ZonePreference.NONE);

    private final Grade grade;
    private final ClusterMember[] members;
    private final WeightedChoice weights;
    private final WeightedChoice choice;
    private final ZonePreference zones;
    private final @Nullable HashRing ring;
    private final @Nullable Sessions sessions;
    private final long newest;

    private Candidates(
            Grade grade,
            List<ClusterMember> members,
            Balancer balancer,
            @Nullable Sessions sessions,
            ZonePreference zones) {
        this.grade = grade;
        this.members = members.toArray(ClusterMember[]::new);
        List<LiveEndpoint> endpoints =
                members.stream().map(ClusterMember::endpoint).toList();
        int[] each = endpoints.stream().mapToInt(e -> e.published().weight()).toArray();
        this.weights = WeightedChoice.of(each);
        this.zones = zones;
        this.choice = zones.locals() == 0 ? weights : zones.choice();
        this.ring = balancer.kind() != Balancer.Kind.RING_HASH || each.length == 0
                ? null
                : HashRing.of(endpoints.stream().map(LiveEndpoint::address).toList(), each);
        this.sessions = sessions;
        this.newest =
                endpoints.stream().mapToLong(LiveEndpoint::freshUntil).max().orElse(LiveEndpoint.OLD);
    }

    /** The best of a cluster's endpoints. */
    static Candidates among(List<ClusterMember> all, Policy policy, String zone) {
        List<ClusterMember> published =
                all.stream().filter(e -> e.endpoint().ready()).toList();
        List<ClusterMember> usable =
                published.stream().filter(e -> e.endpoint().usable()).toList();
        Stream<ClusterMember> kept =
                usable.stream().filter(e -> !e.endpoint().outlier().ejected());
        List<ClusterMember> best = kept.toList();
        if (!best.isEmpty()) {
            boolean near = policy.zone() && policy.balancer().kind() != Balancer.Kind.RING_HASH;
            ZonePreference zones = near ? ZonePreference.of(best, zone) : ZonePreference.NONE;
            return of(Grade.USABLE, zones.locals() == 0 ? best : zones.order(), all, policy, zones);
        }
        if (!usable.isEmpty()) {
            return of(Grade.EJECTED, usable, all, policy, ZonePreference.NONE);
        }
        return published.isEmpty() ? NONE : of(Grade.FAILED, published, all, policy, ZonePreference.NONE);
    }

    private static Candidates of(
            Grade grade, List<ClusterMember> best, List<ClusterMember> all, Policy policy, ZonePreference zones) {
        Sessions sessions = policy.sticky() == null ? null : new Sessions(all, keeping(grade));
        return new Candidates(grade, best, policy.balancer(), sessions, zones);
    }

    /** Which endpoints keep their sessions where the best are that good. */
    private static Predicate<LiveEndpoint> keeping(Grade grade) {
        return switch (grade) {
            case USABLE ->
                endpoint -> endpoint.keepsSessions()
                        && well(endpoint)
                        && !endpoint.outlier().ejected();
            case EJECTED -> endpoint -> endpoint.keepsSessions() && well(endpoint);
            case FAILED, NONE -> LiveEndpoint::keepsSessions;
        };
    }

    private static boolean well(LiveEndpoint endpoint) {
        return endpoint.reachable() && endpoint.healthy();
    }

    Grade grade() {
        return grade;
    }

    int size() {
        return members.length;
    }

    ClusterMember member(int place) {
        return members[place];
    }

    /** Over all of them, as the table weighs them. */
    WeightedChoice weights() {
        return weights;
    }

    /** Over the first of them, which requests go to in the first place: all without zones. */
    WeightedChoice choice() {
        return choice;
    }

    /** How many of the first are of the gateway's own zone and therefore before others; 0 where zones do not count. */
    int locals() {
        return zones.locals();
    }

    /** How zones count, for people; null if they do not. */
    @Nullable
    String zoneText(String own) {
        return zones.locals() == 0 ? null : zones.text(own);
    }

    @Nullable
    HashRing ring() {
        return ring;
    }

    /** Whose sessions are kept where, null if none are. */
    @Nullable
    Sessions sessions() {
        return sessions;
    }

    /** Whether one of them may still be new at that time. */
    boolean startsSlowly(long now) {
        return newest != LiveEndpoint.OLD && newest - now > 0;
    }

    /** The share of its weight that an endpoint gets by its age. */
    double share(int place, long now) {
        long until = members[place].endpoint().freshUntil();
        return until == LiveEndpoint.OLD ? 1 : SlowStart.share(now - (until - SlowStart.WINDOW.toNanos()));
    }
}
