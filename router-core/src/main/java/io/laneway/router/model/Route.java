package io.laneway.router.model;

import java.util.List;
import java.util.Objects;

/**
 * Sends requests of some hosts below a path to a service. The longest whole-segment prefix within the most specific
 * host wins, the first wins ties. Immutable.
 *
 * @param hosts       exact hosts or patterns; empty means any host
 * @param path        prefix of whole segments, starts with {@code /}
 * @param stripPrefix take {@code path} off before forwarding
 */
public record Route(List<String> hosts, String path, ServiceId service, boolean stripPrefix) {

    public Route {
        hosts = List.copyOf(hosts);
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path: " + path + " (expected: to start with '/')");
        }
        Objects.requireNonNull(service, "service");
    }
}
