package io.laneway.gateway.traffic.forward;

import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.ResponseSink;
import io.laneway.gateway.upstream.cluster.Cluster;

/** What forwarding asks of the exchange that it is a phase of. Confined to one event loop. */
public interface ForwardListener {

    /** Takes what comes from endpoints. */
    ResponseSink responses();

    /** The request moves to another deployment. False if that has no place for it, and the exchange has failed by then. */
    boolean enters(Cluster other);

    /** The client is no longer held back. */
    void resumed();

    /**
     * The time for one attempt is up.
     *
     * @param sending whether an endpoint took the request
     */
    void attemptExpired(boolean sending);

    /** The request cannot be forwarded. */
    void fail(Failure failure);
}
