package io.laneway.gateway.upstream.health;

import io.laneway.gateway.upstream.join.JoinRoute;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.policy.Health;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One question to one endpoint. Immutable.
 *
 * @param host    a name or an IP address
 * @param path    the path of an HTTP check, the service of a gRPC check; else empty
 * @param timeout until the response
 * @param transport     how the endpoint is spoken to
 * @param join    how the connection continues from there if the endpoint joined, else null
 */
public record HealthCheck(
        Health.Kind kind,
        String host,
        int port,
        String path,
        Duration timeout,
        Transport transport,
        @Nullable JoinRoute join) {

    /**
     * How an endpoint is spoken to. Immutable.
     *
     * @param http2 whether an HTTP check speaks HTTP/2; gRPC checks always do
     * @param tls   null in the clear
     */
    public record Transport(boolean http2, @Nullable UpstreamTls tls) {

        /** HTTP/1.1 in the clear. */
        public static final Transport PLAIN = new Transport(false, null);
    }

    public HealthCheck {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(transport, "way");
    }

    /** One question to an endpoint that did not join. */
    public HealthCheck(Health.Kind kind, String host, int port, String path, Duration timeout, Transport transport) {
        this(kind, host, port, path, timeout, transport, null);
    }

    /** Whether a connection can be had, with TLS if that is the way. */
    public static HealthCheck reach(
            String host, int port, Duration timeout, Transport transport, @Nullable JoinRoute join) {
        return new HealthCheck(Health.Kind.TCP, host, port, "", timeout, transport, join);
    }

    /** The host and port as an authority. */
    String authority() {
        return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
    }

    String scheme() {
        return transport.tls() == null ? "http" : "https";
    }

    /** Whether it is asked on a stream of HTTP/2. */
    boolean onStream() {
        return kind == Health.Kind.GRPC || (kind == Health.Kind.HTTP && transport.http2());
    }
}
