package io.laneway.router.model.service;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One port of a deployment, with its protocol and endpoints. Immutable.
 *
 * @param name   such as {@code http-9000}; empty where there is only one
 * @param number the port by which callers name it (1 to 65535), or {@link #ANY}
 * @param tls    how to speak TLS to it; null means as to the deployment
 */
public record Port(
        String name,
        int number,
        Protocol protocol,
        List<Endpoint> endpoints,
        @Nullable UpstreamTls tls) {

    /** The number of a port that serves whatever port a caller names. */
    public static final int ANY = 0;

    private static final int MAX = 65_535;

    public Port {
        Objects.requireNonNull(name, "name");
        requireNumber(number);
        Objects.requireNonNull(protocol, "protocol");
        endpoints = List.copyOf(endpoints);
    }

    /** A port that is spoken to as the deployment says. */
    public Port(String name, int number, Protocol protocol, List<Endpoint> endpoints) {
        this(name, number, protocol, endpoints, null);
    }

    /** The same with other endpoints. */
    public Port with(List<Endpoint> others) {
        return new Port(name, number, protocol, others, tls);
    }

    /**
     * Checks the number of a port.
     *
     * @throws IllegalArgumentException if it is neither {@link #ANY} nor from 1 to 65535
     */
    public static void requireNumber(int number) {
        if (number < 0 || number > MAX) {
            throw new IllegalArgumentException("port: " + number + " (expected: 1 to " + MAX + ")");
        }
    }
}
