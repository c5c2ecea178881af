package io.laneway.k8s.route.rule;

import java.util.List;

/**
 * The hosts that a route has at some ports of the gateways. Immutable.
 *
 * @param hosts empty for every host
 * @param ports of the gateway's listeners; empty for all
 * @param opens whether TLS of connections ends there, so that what they carry goes on
 */
public record HostsAt(List<String> hosts, List<Integer> ports, boolean opens) {

    public HostsAt {
        hosts = List.copyOf(hosts);
        ports = List.copyOf(ports);
    }
}
