package io.laneway.k8s.imports.envoy;

import io.laneway.k8s.imports.source.Tracked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The resources of a document, wherever in it they are, found by what they have. Confined to one thread. */
final class Resources {

    private final List<Tracked> listeners = new ArrayList<>();
    private final Map<String, Tracked> routes = new LinkedHashMap<>();
    private final Map<String, Tracked> clusters = new LinkedHashMap<>();
    private final Map<String, Tracked> assignments = new LinkedHashMap<>();

    static Resources of(Tracked root) {
        Resources resources = new Resources();
        resources.walk(root);
        return resources;
    }

    List<Tracked> listeners() {
        return listeners;
    }

    /** Those that no listener has within it. */
    Map<String, Tracked> routes() {
        return routes;
    }

    @Nullable
    Tracked route(String name) {
        return routes.get(name);
    }

    @Nullable
    Tracked cluster(String name) {
        return clusters.get(name);
    }

    @Nullable
    Tracked assignment(String name) {
        return assignments.get(name);
    }

    private void walk(Tracked node) {
        if (node.has("filter_chains") || node.has("default_filter_chain")) {
            listeners.add(node);
        } else if (node.has("virtual_hosts")) {
            put(routes, node, "name");
            node.members("clusters").values().forEach(this::walk);
            node.items("clusters").forEach(this::walk);
        } else if (isCluster(node)) {
            put(clusters, node, "name");
        } else if (node.has("cluster_name") && node.has("endpoints")) {
            put(assignments, node, "cluster_name");
        } else {
            wrapping(node);
        }
    }

    private static boolean isCluster(Tracked node) {
        return node.has("name")
                && (node.has("load_assignment")
                        || node.has("eds_cluster_config")
                        || node.has("connect_timeout")
                        || node.has("lb_policy")
                        || node.has("hosts"));
    }

    private static void put(Map<String, Tracked> into, Tracked node, String key) {
        String name = node.peek(key);
        into.putIfAbsent(name == null ? "" : name, node);
    }

    /** What stands around resources says when and from where they came. */
    private void wrapping(Tracked node) {
        node.ignore("@type", "version_info", "last_updated", "nonce", "type_url", "client_status");
        if (node.has("active_state")) {
            node.ignore("name");
        }
        String type = node.peek("@type");
        boolean repeated = type != null && type.endsWith("BootstrapConfigDump");
        node.members().forEach((key, member) -> {
            if (repeated && key.equals("bootstrap")) {
                take(member, "node", "static_resources");
            } else if (key.equals("node") || key.equals("draining_state")) {
                member.take();
            } else if (!key.startsWith("warming") && !key.endsWith("warming_clusters")) {
                walk(member);
            }
        });
        node.elements().forEach(this::walk);
    }

    /** A config dump has the static resources of its bootstrap once more, where they are in effect. */
    private static void take(Tracked bootstrap, String... keys) {
        for (String key : keys) {
            Tracked part = bootstrap.at(key);
            if (part != null) {
                part.take();
            }
        }
    }

    /** From where routes and endpoints come makes no difference to those that are in the document. */
    static void source(@Nullable Tracked source) {
        if (source != null) {
            source.take();
        }
    }
}
