package io.laneway.gateway.upstream.cluster;

import io.laneway.gateway.upstream.balance.HashRing;
import io.laneway.gateway.upstream.balance.SlowStart;
import io.laneway.gateway.upstream.balance.WeightedChoice;
import io.laneway.gateway.upstream.endpoint.LiveEndpoint;
import io.laneway.router.policy.Balancer;
import java.util.List;
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

    static final Candidates NONE = new Candidates(Grade.NONE, List.of(), Balancer.LEAST_REQUEST);

    private final Grade grade;
    private final ClusterMember[] members;
    private final WeightedChoice weights;
    private final @Nullable HashRing ring;
    private final long newest;

    private Candidates(Grade grade, List<ClusterMember> members, Balancer balancer) {
        this.grade = grade;
        this.members = members.toArray(ClusterMember[]::new);
        List<LiveEndpoint> endpoints =
                members.stream().map(ClusterMember::endpoint).toList();
        int[] each = endpoints.stream().mapToInt(e -> e.published().weight()).toArray();
        this.weights = WeightedChoice.of(each);
        this.ring = balancer.kind() != Balancer.Kind.RING_HASH || each.length == 0
                ? null
                : HashRing.of(endpoints.stream().map(LiveEndpoint::address).toList(), each);
        this.newest =
                endpoints.stream().mapToLong(LiveEndpoint::freshUntil).max().orElse(LiveEndpoint.OLD);
    }

    /** The best of a cluster's endpoints. */
    static Candidates among(List<ClusterMember> all, Balancer balancer) {
        List<ClusterMember> published =
                all.stream().filter(e -> e.endpoint().ready()).toList();
        List<ClusterMember> usable =
                published.stream().filter(e -> e.endpoint().usable()).toList();
        Stream<ClusterMember> kept =
                usable.stream().filter(e -> !e.endpoint().outlier().ejected());
        List<ClusterMember> best = kept.toList();
        if (!best.isEmpty()) {
            return new Candidates(Grade.USABLE, best, balancer);
        }
        if (!usable.isEmpty()) {
            return new Candidates(Grade.EJECTED, usable, balancer);
        }
        return published.isEmpty() ? NONE : new Candidates(Grade.FAILED, published, balancer);
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

    WeightedChoice weights() {
        return weights;
    }

    @Nullable
    HashRing ring() {
        return ring;
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
