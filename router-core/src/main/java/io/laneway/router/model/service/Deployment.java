package io.laneway.router.model.service;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One service in one lane: its ports, and on each port its endpoints and protocol. Immutable. The short document form
 * ({@code protocol} and {@code endpoints} beside {@code lane}) is a deployment with a single {@linkplain Port#ANY
 * unnumbered} port.
 *
 * @param tls how to speak TLS to it; null means the defaults where the protocol asks for TLS
 */
public record Deployment(
        String lane, List<Port> ports, @Nullable UpstreamTls tls) {

    public Deployment {
        Objects.requireNonNull(lane, "lane");
        ports = List.copyOf(ports);
        if (ports.isEmpty()) {
            throw new IllegalArgumentException("ports: [] (expected: at least one port)");
        }
    }

    /** How to speak TLS to one of its ports; null means the defaults where the protocol asks for TLS. */
    public @Nullable UpstreamTls tlsOf(Port port) {
        return port.tls() == null ? tls : port.tls();
    }

    /** A deployment with one port. */
    public static Deployment of(String lane, Protocol protocol, List<Endpoint> endpoints) {
        return new Deployment(lane, List.of(new Port("", Port.ANY, protocol, endpoints)), null);
    }
}
