package io.laneway.gateway.upstream;

import io.laneway.gateway.head.RequestHead;
import io.laneway.gateway.observe.DeploymentStats;
import io.laneway.router.policy.Balancer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's part of a cluster: its pick among the endpoints and its counters. Confined to that loop.
 */
public final class LoopCluster {

    private final Cluster cluster;
    private final Upstreams upstreams;
    private final DeploymentStats stats;
    private int turn;

    LoopCluster(Cluster cluster, Upstreams upstreams) {
        this.cluster = cluster;
        this.upstreams = upstreams;
        this.stats = upstreams.observer().deployment(cluster.service(), cluster.lane());
        this.turn = upstreams.loop().random().nextInt(1 << 16);
    }

    /** The cluster of which this is a part. */
    public Cluster cluster() {
        return cluster;
    }

    /** Its counters on this loop. */
    public DeploymentStats stats() {
        return stats;
    }

    /**
     * The pool of the endpoint that takes the next request, or null if none is usable.
     *
     * @param not an endpoint to be taken only if there is no other, null for none
     */
    public @Nullable EndpointPool pick(RequestHead head, @Nullable LiveEndpoint not) {
        List<LiveEndpoint> endpoints = cluster.endpoints();
        LiveEndpoint picked = endpoints.size() == 1 ? only(endpoints) : among(endpoints, not);
        if (picked == null && not != null && not.usable()) {
            picked = not;
        }
        return picked == null ? null : pool(picked, Wire.of(cluster.settings().protocol(), head));
    }

    private static @Nullable LiveEndpoint only(List<LiveEndpoint> endpoints) {
        LiveEndpoint endpoint = endpoints.get(0);
        return endpoint.usable() ? endpoint : null;
    }

    private @Nullable LiveEndpoint among(List<LiveEndpoint> endpoints, @Nullable LiveEndpoint not) {
        int total = Weights.total(endpoints, not);
        if (total == 0) {
            return null;
        }
        if (cluster.policy().balancer().kind() == Balancer.Kind.ROUND_ROBIN) {
            turn++;
            return Weights.at(endpoints, not, Weights.spread(turn, total));
        }
        LiveEndpoint one = Weights.at(endpoints, not, upstreams.loop().random().nextInt(total));
        LiveEndpoint two = Weights.at(endpoints, not, upstreams.loop().random().nextInt(total));
        return inFlight(two) < inFlight(one) ? two : one;
    }

    private int inFlight(@Nullable LiveEndpoint endpoint) {
        return endpoint == null ? 0 : endpoint.inFlight(upstreams.loop().index());
    }

    private EndpointPool pool(LiveEndpoint endpoint, Wire wire) {
        int index = upstreams.loop().index();
        EndpointPool pool = endpoint.pool(index, wire);
        if (pool == null) {
            pool = new EndpointPool(endpoint, wire, this, upstreams);
            endpoint.pool(index, wire, pool);
        }
        return pool;
    }
}
