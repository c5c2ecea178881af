package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.runtime.limit.ConnectionSlots;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The place of one connection among those that its deployment may have, and among those of its event loop. Confined to one
 * event loop at a time: it goes with its connection to another.
 */
final class ConnectionSlot {

    private static final AttributeKey<ConnectionSlot> OF_CHANNEL = AttributeKey.valueOf(ConnectionSlot.class, "slot");

    /** Whose connection it is. */
    interface Owner extends ConnectionSlots.Holder {

        /** A connection came that another owner made. */
        void came();

        /** A connection went to another owner; true if it was the last. */
        boolean went();

        /** A connection is closed, or was not made after all; true if it was the last. */
        boolean closed();
    }

    /** Who closes an event loop's connections with the loop. */
    interface Keeper {

        void keep(Channel channel);

        void forget(Channel channel);
    }

    private final ConnectionSlots slots;
    private Owner owner;
    private @Nullable Channel channel;
    private @Nullable Keeper keeper;
    private boolean left;

    ConnectionSlot(ConnectionSlots slots, Owner owner) {
        this.slots = slots;
        this.owner = owner;
    }

    /** The slot of an open connection. */
    static ConnectionSlot of(Channel channel) {
        return Objects.requireNonNull(channel.attr(OF_CHANNEL).get());
    }

    /** The connection is open. */
    void opened(Channel opened, Keeper by) {
        channel = opened;
        opened.attr(OF_CHANNEL).set(this);
        keep(by);
        var unused = opened.closeFuture().addListener(gone -> {
            leaveKeeper();
            leave();
        });
    }

    private void keep(Keeper by) {
        keeper = by;
        if (channel != null) {
            by.keep(channel);
        }
    }

    private void leaveKeeper() {
        Keeper from = keeper;
        keeper = null;
        if (from != null && channel != null) {
            from.forget(channel);
        }
    }

    /** The connection is to go to another owner. On the loop of the one it has. */
    void leaveOwner() {
        leaveKeeper();
        slots.went(owner, owner.went());
    }

    /** The connection is another owner's. On the loop of that one. */
    void enterOwner(Owner now, @Nullable Keeper by) {
        owner = now;
        now.came();
        if (by == null) {
            leave();
        } else {
            slots.came(now);
            keep(by);
        }
    }

    /** The connection is closed, or could not be made; said again, it does nothing. */
    void leave() {
        if (!left) {
            left = true;
            slots.leave(owner, owner.closed());
        }
    }
}
