package io.laneway.gateway.runtime.config;

import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import java.util.ArrayList;
import java.util.List;

/**
 * Addresses of one configuration that would be bound twice. Listening sockets share their port among event loops, so the
 * system itself would not refuse a second listener: it would get some of the first one's connections. Confined to one
 * thread.
 */
final class AddressClashes {

    private record Bound(String owner, Address address) {}

    private final Node document;
    private final Problems problems;
    private final List<Bound> bound = new ArrayList<>();

    private AddressClashes(Node document, Problems problems) {
        this.document = document;
        this.problems = problems;
    }

    /** Adds a problem for each address that an earlier one of the document, or the admin interface, already has. */
    static void find(GatewayConfig config, Node document, Problems problems) {
        AddressClashes clashes = new AddressClashes(document, problems);
        for (int i = 0; i < config.listeners().size(); i++) {
            ListenerConfig listener = config.listeners().get(i);
            clashes.bind("listeners[" + i + "].address", "listener " + listener.name(), listener.address());
        }
        clashes.bind("admin.address", "admin", config.admin().address());
        Address probes = config.admin().probes();
        if (probes != null) {
            clashes.bind("admin.probes", "admin.probes", probes);
        }
    }

    private void bind(String path, String owner, Address address) {
        for (Bound earlier : bound) {
            if (clash(earlier.address(), address)) {
                problems.add(
                        document.nearest(path), address + " is taken by " + earlier.owner(), "an address of its own");
                return;
            }
        }
        bound.add(new Bound(owner, address));
    }

    private static boolean clash(Address one, Address other) {
        return one.port() == other.port()
                && one.port() != 0
                && (host(one).equals(host(other)) || one.wildcard() || other.wildcard());
    }

    private static String host(Address address) {
        return address.host().equals("localhost") ? "127.0.0.1" : address.host();
    }
}
