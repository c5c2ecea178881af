package io.laneway.router.model.service;

import java.util.Objects;

/**
 * One address that serves a deployment. Immutable.
 *
 * @param address  {@code host:port}, IPv6 in brackets; a host name is resolved by the gateway
 * @param weight   share of requests against its siblings, {@code >= 0}; 0 takes none
 * @param zone     where it stands, empty if unknown
 * @param ready    false while it must not get requests
 * @param draining true while it finishes what it has and gets nothing new
 */
public record Endpoint(String address, int weight, String zone, boolean ready, boolean draining) {

    public Endpoint {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(zone, "zone");
        if (weight < 0) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: >= 0)");
        }
    }

    /** A ready endpoint of weight 1. */
    public static Endpoint at(String address) {
        return new Endpoint(address, 1, "", true, false);
    }

    /** Whether requests may go here, as far as the table knows. */
    public boolean usable() {
        return ready && !draining && weight > 0;
    }
}
