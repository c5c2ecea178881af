package io.laneway.k8s.envoy;

import io.laneway.router.document.tree.Node;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The clusters of a document by name, wherever they are in it. Immutable. */
final class Clusters {

    /** A cluster's endpoints, and what it speaks. Immutable. */
    record Cluster(Protocol protocol, List<Endpoint> endpoints) {
        Cluster {
            endpoints = List.copyOf(endpoints);
        }
    }

    private final Map<String, Cluster> byName = new LinkedHashMap<>();

    private Clusters() {}

    static Clusters of(Node document) {
        Clusters clusters = new Clusters();
        Tree.each(document, "load_assignment", cluster -> clusters.put(cluster, Tree.at(cluster, "load_assignment")));
        // The older form, and endpoints that came by EDS.
        Tree.each(document, "hosts", cluster -> clusters.put(cluster, cluster));
        Tree.each(document, "cluster_name", assignment -> {
            String name = Tree.text(assignment, "cluster_name");
            if (name != null && !clusters.byName.containsKey(name)) {
                clusters.byName.put(name, new Cluster(Protocol.AUTO, endpoints(assignment)));
            }
        });
        return clusters;
    }

    private void put(Node cluster, @Nullable Node assignment) {
        String name = Tree.text(cluster, "name");
        if (name != null) {
            byName.putIfAbsent(name, new Cluster(protocol(cluster), endpoints(assignment)));
        }
    }

    /** The cluster of this name that has endpoints; null if there is none in the document. */
    @Nullable
    Cluster get(String name) {
        Cluster cluster = byName.get(name);
        return cluster == null || cluster.endpoints().isEmpty() ? null : cluster;
    }

    private static Protocol protocol(Node cluster) {
        boolean tls = Tree.at(cluster, "transport_socket") != null || Tree.at(cluster, "tls_context") != null;
        boolean[] two = {Tree.at(cluster, "http2_protocol_options") != null};
        Node options = Tree.at(cluster, "typed_extension_protocol_options");
        if (options != null) {
            Tree.each(
                    options,
                    "explicit_http_config",
                    explicit -> two[0] |= Tree.at(explicit, "explicit_http_config", "http2_protocol_options") != null);
        }
        if (tls) {
            return two[0] ? Protocol.H2 : Protocol.HTTPS;
        }
        return two[0] ? Protocol.H2C : Protocol.HTTP1;
    }

    private static List<Endpoint> endpoints(@Nullable Node assignment) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (Node host : Tree.items(assignment, "hosts")) {
            add(Tree.at(host, "socket_address"), 1, "", endpoints);
        }
        for (Node group : Tree.items(assignment, "endpoints")) {
            String zone = Tree.text(group, "locality", "zone");
            for (Node one : Tree.items(group, "lb_endpoints")) {
                int weight = Tree.number(one, 1, "load_balancing_weight");
                Node address = Tree.at(one, "endpoint", "address", "socket_address");
                add(address, weight, zone == null ? "" : zone, endpoints);
            }
        }
        return endpoints;
    }

    private static void add(@Nullable Node socket, int weight, String zone, List<Endpoint> into) {
        String host = Tree.text(socket, "address");
        int port = Tree.number(socket, 0, "port_value");
        if (host != null && port > 0 && port <= 65_535) {
            String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
            into.add(new Endpoint(bracketed + ":" + port, weight, zone, true, false));
        }
    }
}
