package io.laneway.k8s.imports.envoy;

import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.source.Tracked;
import io.laneway.k8s.imports.table.RuleHost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The listeners of a document: their filter chains, each kept to the names of TLS that it is for. Confined to one thread. */
final class Listeners {

    private final Resources resources;
    private final VirtualHosts hosts;
    private final Report report;
    private final Set<String> chosen;

    /** @param chosen the names of the listeners to import, empty for all */
    Listeners(Resources resources, VirtualHosts hosts, Set<String> chosen, Report report) {
        this.resources = resources;
        this.hosts = hosts;
        this.chosen = chosen;
        this.report = report;
    }

    List<RuleHost> read() {
        Map<Integer, List<RuleHost>> byPort = new LinkedHashMap<>();
        for (Tracked listener : resources.listeners()) {
            String name = listener.peek("name");
            if (!chosen.isEmpty() && !chosen.contains(String.valueOf(name))) {
                listener.take();
                continue;
            }
            String port = listener.peek("address", "socket_address", "port_value");
            List<RuleHost> hosts = listener(listener);
            if (!hosts.isEmpty()) {
                int number = port == null || !port.matches("[0-9]{1,5}") ? 0 : Integer.parseInt(port);
                byPort.computeIfAbsent(number, any -> new ArrayList<>()).addAll(hosts);
            }
        }
        List<RuleHost> all = apart(byPort);
        if (resources.listeners().isEmpty()) {
            resources.routes().values().forEach(route -> all.addAll(hosts.read(route, List.of(), List.of())));
        }
        return all;
    }

    /** Where listeners have other rules, those of each are for requests at its port. */
    private static List<RuleHost> apart(Map<Integer, List<RuleHost>> byPort) {
        List<RuleHost> all = new ArrayList<>();
        List<RuleHost> first =
                byPort.isEmpty() ? List.of() : byPort.values().iterator().next();
        boolean alike = byPort.values().stream().allMatch(hosts -> alike(first, hosts));
        byPort.forEach((port, hosts) -> hosts.forEach(host -> all.add(
                alike || port == 0
                        ? host
                        : new RuleHost(host.at(), host.hosts(), List.of(port), host.rules(), host.closed()))));
        return all;
    }

    private static boolean alike(List<RuleHost> one, List<RuleHost> other) {
        boolean same = one.size() == other.size();
        for (int i = 0; same && i < one.size(); i++) {
            same = one.get(i).hosts().equals(other.get(i).hosts()) && one.get(i).same(other.get(i));
        }
        return same;
    }

    private List<RuleHost> listener(Tracked listener) {
        listener.ignore("name", "@type", "stat_prefix");
        Tracked address = listener.at("address", "socket_address");
        if (address != null) {
            String port = address.text("port_value");
            report.assumed(
                    listener.location(),
                    "listens at " + address.text("address") + ":" + port + ": listeners are in laneway.yaml");
            address.takeIf("TCP", "protocol");
        }
        inspectors(listener);
        List<RuleHost> all = new ArrayList<>();
        for (Tracked chain : listener.items("filter_chains")) {
            all.addAll(chain(chain));
        }
        Tracked other = listener.at("default_filter_chain");
        if (other != null) {
            all.addAll(chain(other));
        }
        return all;
    }

    /** What looks for the name of TLS: a gateway does that by itself. */
    private static void inspectors(Tracked listener) {
        for (Tracked filter : listener.items("listener_filters")) {
            if (String.valueOf(filter.peek("name")).endsWith("tls_inspector")) {
                filter.ignore("name");
                filter.text("typed_config", "@type");
                filter.at("typed_config");
            }
        }
    }

    private List<RuleHost> chain(Tracked chain) {
        chain.ignore("name");
        Tracked socket = chain.has("transport_socket") ? chain.at("transport_socket") : chain.at("tls_context");
        if (socket != null) {
            socket.refuse(report, "TLS of clients is no part of a table", "tls of a listener in laneway.yaml");
        }
        List<String> names = new ArrayList<>();
        chain.items("filter_chain_match", "server_names").forEach(name -> names.add(name.text()));
        chain.takeIf("tls", "filter_chain_match", "transport_protocol");
        List<RuleHost> all = new ArrayList<>();
        for (Tracked filter : chain.items("filters")) {
            Tracked manager = filter.has("typed_config") ? filter.at("typed_config") : filter.at("config");
            if (manager != null && (manager.has("route_config") || manager.has("rds"))) {
                filter.ignore("name");
                all.addAll(manager(manager, names));
            }
        }
        return all;
    }

    private List<RuleHost> manager(Tracked manager, List<String> names) {
        manager.ignore("@type", "stat_prefix");
        manager.takeIf("AUTO", "codec_type");
        manager.takeIf("true", "generate_request_id");
        paths(manager);
        manager.takeIf("300s", "stream_idle_timeout");
        manager.at("http2_protocol_options");
        manager.at("http_protocol_options");
        manager.takeIf("true", "use_remote_address");
        for (Tracked upgrade : manager.items("upgrade_configs")) {
            if ("websocket".equalsIgnoreCase(upgrade.peek("upgrade_type"))) {
                upgrade.ignore("upgrade_type");
            }
        }
        Tracked routes = routes(manager);
        return routes == null ? List.of() : hosts.read(routes, names, manager.items("http_filters"));
    }

    /** What of a path is made alike before it is compared; a listener resolves dot segments, and does no more. */
    private void paths(Tracked manager) {
        if (!manager.takeIf("true", "normalize_path")) {
            manager.takeIf("false", "normalize_path");
            report.assumed(
                    manager.location(),
                    "without normalize_path Envoy compares paths with their dot segments; a listener resolves them"
                            + " (paths.normalise: false in laneway.yaml does not)");
        }
        if (!manager.takeIf("false", "merge_slashes") && manager.takeIf("true", "merge_slashes")) {
            report.differs(
                    manager.location(),
                    "merge_slashes: a request with '//' has another path here",
                    "paths.mergeSlashes: true of the listener in laneway.yaml");
        }
        String slashes = String.valueOf(manager.peek("path_with_escaped_slashes_action"));
        if (List.of("KEEP_UNCHANGED", "IMPLEMENTATION_SPECIFIC_DEFAULT").contains(slashes)) {
            manager.text("path_with_escaped_slashes_action");
        } else if (List.of("REJECT_REQUEST", "UNESCAPE_AND_REDIRECT", "UNESCAPE_AND_FORWARD")
                .contains(slashes)) {
            manager.text("path_with_escaped_slashes_action");
            report.differs(
                    manager.location(),
                    "path_with_escaped_slashes_action: a request with '%2F' keeps it here",
                    "paths.encodedSlashes: " + (slashes.equals("REJECT_REQUEST") ? "reject" : "decode")
                            + " of the listener in laneway.yaml");
        }
    }

    private @Nullable Tracked routes(Tracked manager) {
        Tracked within = manager.at("route_config");
        if (within != null) {
            return within;
        }
        String name = Objects.requireNonNullElse(manager.text("rds", "route_config_name"), "");
        Resources.source(manager.at("rds", "config_source"));
        Tracked found = resources.route(name);
        if (found == null) {
            report.notTaken(manager.location(), "route configuration '" + name + "' is not here", "its virtual_hosts");
        }
        return found;
    }
}
