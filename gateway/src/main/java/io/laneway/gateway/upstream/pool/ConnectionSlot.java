package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.runtime.limit.ConnectionSlots;

/** The place of one connection among those that its deployment may have. Confined to one event loop. */
final class ConnectionSlot {

    /** Whose connection it is. */
    interface Owner extends ConnectionSlots.Holder {

        /** A connection is closed, or was not made after all; true if it was the last. */
        boolean closed();
    }

    private final ConnectionSlots slots;
    private final Owner owner;
    private boolean left;

    ConnectionSlot(ConnectionSlots slots, Owner owner) {
        this.slots = slots;
        this.owner = owner;
    }

    /** The connection is closed, or could not be made; said again, it does nothing. */
    void leave() {
        if (!left) {
            left = true;
            slots.leave(owner, owner.closed());
        }
    }
}
