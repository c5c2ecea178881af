package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.upstream.endpoint.SpokenProtocols;
import io.laneway.router.model.service.Protocol;
import org.slf4j.event.Level;

/** What the connections of a pool show of the protocol that its endpoint speaks. Confined to one event loop. */
final class ProtocolFindings {

    private final SpokenProtocols protocols;
    private final WireProtocol wire;
    private final ClusterPart cluster;
    private final EndpointReports reports;
    private String problem = "";

    ProtocolFindings(SpokenProtocols protocols, WireProtocol wire, ClusterPart cluster, EndpointReports reports) {
        this.protocols = protocols;
        this.wire = wire;
        this.cluster = cluster;
        this.reports = reports;
    }

    /** Takes note of why no connection comes to take requests, empty if one does; true if that was known. */
    boolean problem(String reason) {
        boolean known = reason.equals(problem);
        problem = reason;
        return known;
    }

    /** A connection takes requests. */
    void connected() {
        if (wire.multiplexed()) {
            protocols.tookHttp2();
        }
    }

    /** The endpoint closed a new connection without a response to the request on it. */
    void closedWithoutResponse() {
        if (!wire.multiplexed()) {
            protocols.closedHttp1();
        }
    }

    /** The first bytes have come on a connection that is to carry HTTP/1.1. */
    void heard(boolean http2) {
        if (http2) {
            protocols.refusedHttp1();
            complain(Failure.NOT_HTTP1);
        } else {
            protocols.respondedHttp1();
        }
    }

    /** The endpoint does not speak what a connection was made for. */
    void misunderstood(Failure failure) {
        if (wire.multiplexed()) {
            protocols.refusedHttp2();
        } else {
            protocols.refusedHttp1();
        }
        complain(failure);
    }

    private void complain(Failure failure) {
        boolean known = problem(failure.detail());
        boolean learnt = !wire.multiplexed() && cluster.settings().protocol() == Protocol.AUTO;
        reports.otherProtocol(known ? Level.DEBUG : learnt ? Level.INFO : Level.WARN, failure);
    }
}
