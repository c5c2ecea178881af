package io.laneway.gateway.upstream.cluster;

import io.laneway.gateway.runtime.limit.ConnectionSlots;

/** The place of one connection among those that its deployment may have. Confined to one event loop. */
final class ConnectionSlot {

    private final ConnectionSlots slots;
    private final EndpointPool pool;
    private boolean left;

    ConnectionSlot(ConnectionSlots slots, EndpointPool pool) {
        this.slots = slots;
        this.pool = pool;
    }

    /** The connection is closed, or could not be made; said again, it does nothing. */
    void leave() {
        if (!left) {
            left = true;
            slots.leave(pool, pool.closed());
        }
    }
}
