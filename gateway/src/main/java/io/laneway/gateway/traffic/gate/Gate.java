package io.laneway.gateway.traffic.gate;

import org.jspecify.annotations.Nullable;

/**
 * Something that decides whether a request may pass, at once or after a while. Confined to one event loop; one for each
 * exchange, used again for request after request.
 *
 * <p>{@link #settle} begins. A gate that cannot settle at once returns false, after it said by {@link GateWait#within} how
 * long it may take; later it calls {@link GateWait#settled} on the event loop, once. It may do so before {@code settle}
 * returns. {@link #expired} or {@link #cancel} may come instead, and what the gate hears after that is to be dropped.
 */
public interface Gate {

    /** Begins for the request; false if the exchange is to wait until {@link GateWait#settled} is called. */
    boolean settle();

    /** Why the request is not to pass, null if it may; asked after it has settled, perhaps some phases later. */
    @Nullable
    Denial denial();

    /** The time is over while the exchange waits: the gate settles by that, and the exchange continues. */
    void expired();

    /** The exchange is over while it waits: what was begun is given up. */
    void cancel();

    /** The body that {@link GateWait#collect} asked for is there, or more than it asked for. */
    default void collected() {
        throw new IllegalStateException("a body that was not asked for");
    }
}
