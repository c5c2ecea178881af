package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.protocol.stream.UpstreamConnection;
import io.laneway.gateway.runtime.record.DeploymentStats;
import io.laneway.gateway.upstream.endpoint.LiveEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * What a pool has idle, for the pools of other event loops. Confined to the pool's loop, save for what {@link
 * Loan.Lender} says.
 */
record SpareConnections(
        LiveEndpoint endpoint, IdleConnections idle, DeploymentStats stats, UpstreamEnvironment upstreams)
        implements Loan.Lender {

    @Override
    public boolean lends(long now, long unused) {
        return idle.hasUnused(now, unused);
    }

    @Override
    public boolean soon(Runnable step) {
        return upstreams.soon(step);
    }

    @Override
    public @Nullable UpstreamConnection lend(long unused) {
        boolean kept = endpoint.steady() && !endpoint.distrusted(upstreams.loop());
        return kept ? idle.takeUnused(unused) : null;
    }

    @Override
    public void lent() {
        stats.busyConnections.decrement();
    }

    @Override
    public void end(UpstreamConnection connection) {
        connection.retire();
        upstreams.loop().flushes().flush();
    }
}
