package io.laneway.gateway.upstream.pool;

/** Hears from the pools of one endpoint how it fares. Safe for many threads. */
public interface EndpointMonitor {

    /** A connection to it is open. */
    void reached();

    /** No address of it took a connection that was begun at that time, in nanoseconds of the gateway's clock. */
    void unreachable(long begun);

    /**
     * It has erred as often in a row as ejects it, if others can serve in its place.
     *
     * @return whether it was ejected
     */
    boolean eject();
}
