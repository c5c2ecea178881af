package io.laneway.router.table;

import org.jspecify.annotations.Nullable;

/**
 * What lives behind one port of a deployment while a table has it: endpoints, pools, health. Asked on the request path
 * from any event loop. Safe for many threads.
 */
public interface DeploymentState {

    /** Whether a request may be sent here now: some endpoint is ready, not draining, of weight above 0, not failed. */
    boolean usable();

    /**
     * Whether requests may be sent here though it is not usable, because no lane after it has the service: there are
     * endpoints that the table calls ready, but none of them is well. Better some answers than none.
     */
    default boolean panics() {
        return false;
    }

    /** How one of its endpoints is chosen now, for people; null where there is nothing to be said of it. */
    default @Nullable String choice() {
        return null;
    }

    /** Called once, after the table that no longer has it was put in place. Requests on their way may still use it. */
    default void close() {}
}
