package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.UpstreamConnection;
import io.laneway.gateway.runtime.record.DeploymentStats;
import io.laneway.gateway.upstream.endpoint.LiveEndpoint;
import io.laneway.gateway.upstream.endpoint.UpstreamSettings;

/** What a connection is made for. Confined to one event loop. */
interface ConnectTarget extends UpstreamConnection.Owner {

    LiveEndpoint endpoint();

    /** What the connection is to speak. */
    WireProtocol wire();

    UpstreamSettings settings();

    DeploymentStats stats();

    EndpointMonitor monitor();

    /** Takes note of why no connection comes to take requests, empty if one does; true if that was known. */
    boolean problem(String reason);

    /** A connection that was asked for is open. */
    void connected(UpstreamConnection connection);

    /** A connection that was asked for could not be made. */
    void failed(Failure failure);
}
