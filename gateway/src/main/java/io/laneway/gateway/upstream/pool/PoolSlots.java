package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.runtime.limit.ConnectionSlots;
import io.laneway.gateway.upstream.endpoint.SpokenProtocols;
import io.laneway.router.policy.Limits;

/**
 * How many connections a pool has, and its share in what its deployment may have. Confined to one event loop, save for what
 * {@link ConnectionSlots.Holder} says.
 */
final class PoolSlots implements ConnectionSlot.Owner {

    /** So often a connection is used here while others want one: then they are not starved, nor each use a handshake. */
    private static final int USES_WHILE_WANTED = 16;

    private final SpokenProtocols protocols;
    private final ClusterPart cluster;
    private final UpstreamEnvironment upstreams;
    private final IdleConnections idle;
    private final Waiter waiter;
    private final ConnectionSlots slots;
    private int open;
    private int usesWhileWanted;
    private boolean waits;

    /** Who wants connections. Confined to the same event loop. */
    interface Waiter {

        boolean isWaiting();

        /** A connection may be made that could not be made before. */
        void connectForWaiting();
    }

    PoolSlots(
            SpokenProtocols protocols,
            ClusterPart cluster,
            UpstreamEnvironment upstreams,
            IdleConnections idle,
            Waiter waiter) {
        this.protocols = protocols;
        this.cluster = cluster;
        this.upstreams = upstreams;
        this.idle = idle;
        this.waiter = waiter;
        this.slots = cluster.breaker().connections();
    }

    /** Connections that are open or being made. */
    int open() {
        return open;
    }

    /** Whether {@link Waiter#connectForWaiting} is to come. */
    boolean waits() {
        return waits;
    }

    /** Takes a slot for a connection; false if none is free: then the waiter hears when one may be. */
    boolean take() {
        boolean taken = slots.take(max(), this);
        waits |= !taken;
        return taken;
    }

    /** Takes a slot if one is free. */
    boolean takeNow() {
        return slots.takeNow(max(), this);
    }

    private int max() {
        Limits limits = cluster.settings().policy().limits();
        return limits == null ? 0 : limits.maxConnections();
    }

    /** The slot that was taken, for the connection that is to be made. */
    ConnectionSlot slot() {
        open++;
        return new ConnectionSlot(slots, this);
    }

    /**
     * Whether a connection that became free is to make room for others: when no request waits for it here, or it was kept long
     * enough.
     */
    boolean givesWay() {
        if (!slots.wanted()) {
            return false;
        }
        usesWhileWanted++;
        if (!waiter.isWaiting() || usesWhileWanted >= USES_WHILE_WANTED) {
            usesWhileWanted = 0;
            return true;
        }
        return false;
    }

    @Override
    public void came() {
        open++;
    }

    @Override
    public boolean went() {
        open--;
        return open == 0;
    }

    @Override
    public boolean closed() {
        boolean last = went();
        if (last) {
            protocols.closed();
        }
        return last;
    }

    @Override
    public void slotFree() {
        upstreams.soon(() -> {
            waits = false;
            if (waiter.isWaiting()) {
                waiter.connectForWaiting();
            } else {
                slots.pass();
            }
        });
    }

    @Override
    public void giveUpIdle() {
        if (cluster.stats().idleConnections.get() > 0) {
            upstreams.soon(idle::retireOldest);
        }
    }
}
