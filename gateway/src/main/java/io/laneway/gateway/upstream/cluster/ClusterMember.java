package io.laneway.gateway.upstream.cluster;

import io.laneway.gateway.upstream.balance.SessionKey;
import io.laneway.gateway.upstream.endpoint.LiveEndpoint;
import io.laneway.gateway.upstream.pool.ClusterPart;
import io.laneway.gateway.upstream.pool.EndpointPools;
import io.laneway.gateway.upstream.pool.Lenders;
import io.laneway.gateway.upstream.pool.UpstreamEnvironment;
import io.laneway.router.model.service.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint of a cluster: its state, its supervisor, and each event loop's pools of connections to it. Safe for
 * many threads; pools are touched by their own loop only.
 */
final class ClusterMember {

    private final LiveEndpoint endpoint;
    private final EndpointSupervisor supervisor;
    private final EndpointSupervisor.Host host;
    private final SessionKey sessions;
    private final String zone;
    private boolean elsewhere;
    private long session;
    private boolean hasSession;
    private final @Nullable EndpointPools[] pools;
    private final Lenders lenders;

    /**
     * @param freshUntil until when it is new, in nanoseconds of the gateway's clock
     */
    ClusterMember(Endpoint published, long freshUntil, EndpointSupervisor.Host host, ClusterEnvironment environment) {
        this.host = host;
        this.zone = environment.zone();
        this.elsewhere = isElsewhere(published);
        this.sessions = environment.sessions();
        this.pools = new @Nullable EndpointPools[environment.loops()];
        this.lenders = new Lenders(environment.loops());
        this.endpoint = new LiveEndpoint(
                published, environment.joins().apply(published.address()), freshUntil, () -> retireConnections(pools));
        this.supervisor = new EndpointSupervisor(host, endpoint, environment);
    }

    private static void retireConnections(@Nullable EndpointPools[] pools) {
        for (EndpointPools each : pools) {
            if (each != null) {
                each.retireSoon();
            }
        }
    }

    LiveEndpoint endpoint() {
        return endpoint;
    }

    EndpointSupervisor supervisor() {
        return supervisor;
    }

    /** Takes over what a new table says of it. Only by the updating thread; loops may see its zone a little later. */
    void publish(Endpoint now) {
        endpoint.publish(now);
        elsewhere = isElsewhere(now);
    }

    private boolean isElsewhere(Endpoint published) {
        return !zone.isEmpty()
                && !published.zone().isEmpty()
                && !published.zone().equals(zone);
    }

    /** Whether it is known to be in another zone than the gateway. */
    boolean elsewhere() {
        return elsewhere;
    }

    /** What stands for it in session cookies. Under the lock of its cluster the first time. */
    long session() {
        if (!hasSession) {
            session = sessions.value(host.service(), host.lane(), endpoint.address());
            hasSession = true;
        }
        return session;
    }

    /** The pools of a loop. On that loop. */
    EndpointPools pools(ClusterPart part, UpstreamEnvironment upstreams) {
        int loop = upstreams.loop().index();
        EndpointPools own = pools[loop];
        if (own == null) {
            own = new EndpointPools(endpoint, supervisor, part, upstreams, lenders);
            pools[loop] = own;
        }
        return own;
    }

    /** Requests in flight from that loop. On that loop. */
    int inFlight(int loop) {
        EndpointPools own = pools[loop];
        return own == null ? 0 : own.inFlight();
    }
}
