package io.laneway.router.model.service;

import java.util.List;
import java.util.Objects;

/**
 * One port of a deployment, with its protocol and endpoints. Immutable.
 *
 * @param name   such as {@code http-9000}; empty where there is only one
 * @param number the port by which callers name it (1 to 65535), or {@link #ANY}
 */
public record Port(String name, int number, Protocol protocol, List<Endpoint> endpoints) {

    /** The number of a port that serves whatever port a caller names. */
    public static final int ANY = 0;

    private static final int MAX = 65_535;

    public Port {
        Objects.requireNonNull(name, "name");
        requireNumber(number);
        Objects.requireNonNull(protocol, "protocol");
        endpoints = List.copyOf(endpoints);
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
