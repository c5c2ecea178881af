package io.laneway.xds.resource;

/** What a client of xDS understands. */
public enum Dialect {
    /** Matcher trees, header changes, health checks: what Envoy has. */
    ENVOY,
    /** Routes in a list, neither header changes nor local replies: proxyless gRPC (gRFC A27, A28, A37). */
    GRPC
}
