package io.laneway.gateway.upstream.cluster;

import io.laneway.gateway.upstream.balance.HashRing;
import io.laneway.gateway.upstream.balance.SlowStart;
import io.laneway.gateway.upstream.balance.WeightedChoice;
import io.laneway.router.policy.Balancer;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints among which a request may be sent at one moment. Made anew whenever the state of one of them changes, so
 * that a pick looks at no state. Immutable.
 */
final class Candidates {

    /** How good the best endpoints are that could be had. */
    enum Grade {
        /** Usable ones. */
        USABLE,
        /** Usable but for their answers: every one of them is ejected. */
        EJECTED,
        /** The table has them ready, but none can be reached or is healthy. */
        FAILED,
        /** There are none. */
        NONE
    }

    static final Candidates NONE = new Candidates(Grade.NONE, List.of(), Balancer.LEAST_REQUEST);

    private final Grade grade;
    private final LiveEndpoint[] endpoints;
    private final WeightedChoice weights;
    private final @Nullable HashRing ring;
    private final long newest;

    private Candidates(Grade grade, List<LiveEndpoint> endpoints, Balancer balancer) {
        this.grade = grade;
        this.endpoints = endpoints.toArray(LiveEndpoint[]::new);
        int[] each = endpoints.stream().mapToInt(e -> e.published().weight()).toArray();
        this.weights = WeightedChoice.of(each);
        this.ring = balancer.kind() != Balancer.Kind.RING_HASH || each.length == 0
                ? null
                : HashRing.of(endpoints.stream().map(LiveEndpoint::address).toList(), each);
        this.newest =
                endpoints.stream().mapToLong(LiveEndpoint::freshUntil).max().orElse(LiveEndpoint.OLD);
    }

    /** The best of a cluster's endpoints. */
    static Candidates among(List<LiveEndpoint> all, Balancer balancer) {
        List<LiveEndpoint> published = all.stream().filter(LiveEndpoint::ready).toList();
        List<LiveEndpoint> usable =
                published.stream().filter(LiveEndpoint::usable).toList();
        Stream<LiveEndpoint> kept = usable.stream().filter(e -> !e.outlier().ejected());
        List<LiveEndpoint> best = kept.toList();
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
        return endpoints.length;
    }

    LiveEndpoint endpoint(int place) {
        return endpoints[place];
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
        long until = endpoints[place].freshUntil();
        return until == LiveEndpoint.OLD ? 1 : SlowStart.share(now - (until - SlowStart.WINDOW.toNanos()));
    }
}
