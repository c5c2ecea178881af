package io.laneway.cli.redirect;

import java.util.List;

/**
 * Which connections of a network namespace are redirected to the gateway beside an application. Immutable.
 *
 * @param outbound      to which port what the application opens goes; 0 leaves it alone
 * @param inbound       to which port what others open to the application goes; 0 leaves it alone
 * @param users         numbers of users whose connections are left alone: the gateway's own
 * @param groups        numbers of groups whose connections are left alone
 * @param outboundPorts destination ports of outbound connections that are left alone
 * @param inboundPorts  destination ports of inbound connections that are left alone
 * @param networks      destinations of outbound connections that are left alone
 */
record RedirectRules(
        int outbound,
        int inbound,
        List<Long> users,
        List<Long> groups,
        List<PortRange> outboundPorts,
        List<PortRange> inboundPorts,
        List<Network> networks) {

    RedirectRules {
        users = List.copyOf(users);
        groups = List.copyOf(groups);
        outboundPorts = List.copyOf(outboundPorts);
        inboundPorts = List.copyOf(inboundPorts);
        networks = List.copyOf(networks);
        if (outbound == 0 && inbound == 0) {
            throw new IllegalArgumentException("no direction (expected: --outbound-port, --inbound-port or both)");
        }
        if (outbound != 0 && users.isEmpty() && groups.isEmpty()) {
            throw new IllegalArgumentException(
                    "no --uid and no --gid (expected: the gateway's, or its own connections come back to it)");
        }
    }

    /** The networks of one family. */
    List<Network> networks(boolean six) {
        return networks.stream().filter(each -> each.six() == six).toList();
    }
}
