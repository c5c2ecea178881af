package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.upstream.endpoint.LiveEndpoint;
import org.jspecify.annotations.Nullable;

/** One event loop's pools of connections to one endpoint, one for each wire protocol. Confined to that loop. */
public final class EndpointPools implements EndpointPool.Siblings {

    private final LiveEndpoint endpoint;
    private final EndpointMonitor monitor;
    private final ClusterPart cluster;
    private final UpstreamEnvironment upstreams;
    private final Lenders lenders;
    private final @Nullable EndpointPool[] pools = new @Nullable EndpointPool[WireProtocol.COUNT];

    /** @param lenders the endpoint's pools on all loops */
    public EndpointPools(
            LiveEndpoint endpoint,
            EndpointMonitor monitor,
            ClusterPart cluster,
            UpstreamEnvironment upstreams,
            Lenders lenders) {
        this.endpoint = endpoint;
        this.monitor = monitor;
        this.cluster = cluster;
        this.upstreams = upstreams;
        this.lenders = lenders;
    }

    @Override
    public EndpointPool suiting(RequestHead head) {
        return of(WireProtocol.of(cluster.settings(), endpoint.protocols(), head));
    }

    @Override
    public Lenders lenders() {
        return lenders;
    }

    /** The pool for connections of their own, whose bytes are another's: without TLS of ours. */
    public EndpointPool bare() {
        return of(WireProtocol.HTTP1);
    }

    /** The same, with TLS of ours where the endpoint's settings say so. */
    public EndpointPool content() {
        return cluster.settings().secure() ? of(WireProtocol.CONTENT_TLS) : bare();
    }

    private EndpointPool of(WireProtocol wire) {
        EndpointPool pool = pools[wire.number()];
        if (pool == null) {
            pool = new EndpointPool(endpoint, monitor, wire, cluster, this, upstreams);
            pools[wire.number()] = pool;
            lenders.add(upstreams.loop().index(), wire, pool.spare());
        }
        return pool;
    }

    /** Requests in flight from this loop. */
    public int inFlight() {
        int sum = 0;
        for (EndpointPool pool : pools) {
            sum += pool == null ? 0 : pool.inFlight();
        }
        return sum;
    }

    /** Has the connections that are not to be kept retired, on the pools' own loop. Any thread. */
    public void retireSoon() {
        for (EndpointPool pool : pools) {
            if (pool != null) {
                pool.retireSoon();
            }
        }
    }
}
