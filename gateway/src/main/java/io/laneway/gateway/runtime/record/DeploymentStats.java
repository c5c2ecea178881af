package io.laneway.gateway.runtime.record;

/**
 * What one event loop counts for one deployment (a service in a lane). The loop changes it, any thread may read it.
 * Gauges go up and down in pairs, so the code that raised one lowers it on the same object.
 */
public final class DeploymentStats {

    private final String service;
    private final String lane;

    // The three that each request changes come first: made one after the other they lie side by side.

    /** Requests sent and not yet answered. */
    public final LoopCounter activeRequests = new LoopCounter();

    /** Connections that carry a request. */
    public final LoopCounter busyConnections = new LoopCounter();

    /** Connections kept for the next request. */
    public final LoopCounter idleConnections = new LoopCounter();

    /** Connections being made. */
    public final LoopCounter connecting = new LoopCounter();

    /** Connections that came from the pool of another event loop. */
    public final LoopCounter lent = new LoopCounter();

    /** TLS handshakes with endpoints that failed. */
    public final LoopCounter tlsFailures = new LoopCounter();

    /** Responses over TLS that ended with their connection, and that without close_notify. */
    public final LoopCounter truncated = new LoopCounter();

    /** How often an endpoint sent unsolicited bytes. */
    public final LoopCounter unsolicited = new LoopCounter();

    /** Messages of gRPC calls sent upstream. */
    public final LoopCounter grpcRequestMessages = new LoopCounter();

    /** Messages in responses to gRPC calls. */
    public final LoopCounter grpcResponseMessages = new LoopCounter();

    /** Retries after which the exchange succeeded. */
    public final LoopCounter retriesSucceeded = new LoopCounter();

    /** Retries that failed too. */
    public final LoopCounter retriesFailed = new LoopCounter();

    /** Retries that the budget did not allow. */
    public final LoopCounter retriesOverBudget = new LoopCounter();

    /** Endpoints ejected. */
    public final LoopCounter ejections = new LoopCounter();

    /** Picks made among ejected endpoints because there was no other. */
    public final LoopCounter panics = new LoopCounter();

    /** Picks of endpoints in another zone than the gateway's own. */
    public final LoopCounter crossZone = new LoopCounter();

    /** Copies mirrored here that got a response. */
    public final LoopCounter mirrorsResponded = new LoopCounter();

    /** Copies mirrored here that failed. */
    public final LoopCounter mirrorsFailed = new LoopCounter();

    /** Copies not mirrored here, or not wholly: no endpoint could take them in time. */
    public final LoopCounter mirrorsDropped = new LoopCounter();

    /** Bytes of responses that the gateway compressed. */
    public final LoopCounter compressedFrom = new LoopCounter();

    /** And what they came to. */
    public final LoopCounter compressedTo = new LoopCounter();

    /** Responses that broke HTTP. */
    public final ViolationCounters malformed = new ViolationCounters();

    /** Counters of a deployment, all zero. */
    public DeploymentStats(String service, String lane) {
        this.service = service;
        this.lane = lane;
    }

    public String service() {
        return service;
    }

    public String lane() {
        return lane;
    }
}
