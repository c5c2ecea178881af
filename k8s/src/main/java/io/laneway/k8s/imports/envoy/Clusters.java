package io.laneway.k8s.imports.envoy;

import io.laneway.k8s.imports.source.Refused;
import io.laneway.k8s.imports.source.Times;
import io.laneway.k8s.imports.source.Tracked;
import io.laneway.k8s.imports.table.PolicyDraft;
import io.laneway.k8s.imports.table.Upstream;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.UpstreamTls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The clusters that rules lead to, read when the first does. Confined to one thread. */
final class Clusters {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Set<String> DISCOVERY = Set.of("STATIC", "STRICT_DNS", "LOGICAL_DNS", "EDS");

    private final Resources resources;
    private final Map<String, Upstream> read = new HashMap<>();

    Clusters(Resources resources) {
        this.resources = resources;
    }

    /** The cluster of that name; {@link Refused} at the rule if the document does not say where it is. */
    Upstream get(String name, Tracked rule) {
        Upstream known = read.get(name);
        if (known != null) {
            return known;
        }
        Tracked cluster = resources.cluster(name);
        Tracked assignment = cluster == null ? null : cluster.at("load_assignment");
        String eds = cluster == null ? null : cluster.peek("eds_cluster_config", "service_name");
        Tracked other = assignment != null ? null : resources.assignment(eds == null ? name : eds);
        List<Endpoint> endpoints = endpoints(assignment != null ? assignment : other != null ? other : cluster);
        if (endpoints.isEmpty()) {
            throw new Refused(rule, "cluster '" + name + "' has no endpoints here", "its load_assignment");
        }
        Upstream made = cluster == null
                ? new Upstream(
                        rule.location(),
                        name,
                        Protocol.AUTO,
                        null,
                        endpoints,
                        PolicyDraft.plain().policy())
                : cluster(cluster, name, endpoints);
        read.put(name, made);
        return made;
    }

    private Upstream cluster(Tracked cluster, String name, List<Endpoint> endpoints) {
        cluster.ignore("name", "@type", "alt_stat_name", "cluster_name");
        cluster.text("eds_cluster_config", "service_name");
        Resources.source(cluster.at("eds_cluster_config", "eds_config"));
        cluster.at("load_assignment");
        String type = cluster.peek("type");
        if (type != null && DISCOVERY.contains(type.toUpperCase(Locale.ROOT))) {
            cluster.text("type");
        }
        Duration connect = Times.take(cluster, "connect_timeout");
        PolicyDraft policy = PolicyDraft.plain().connect(connect == null ? CONNECT : connect);
        EndpointPolicy.read(cluster, policy);
        Tracked socket = cluster.has("transport_socket") ? cluster.at("transport_socket") : cluster.at("tls_context");
        boolean plain = socket != null && "envoy.transport_sockets.raw_buffer".equals(socket.peek("name"));
        if (plain && socket != null) {
            socket.take();
        }
        UpstreamTls tls = socket == null || plain ? null : UpstreamTlsReader.read(socket);
        boolean two = http2(cluster);
        Protocol protocol = tls == null ? (two ? Protocol.H2C : Protocol.HTTP1) : (two ? Protocol.H2 : Protocol.HTTPS);
        return new Upstream(cluster.location(), name, protocol, tls, endpoints, policy.policy());
    }

    private static boolean http2(Tracked cluster) {
        boolean two = cluster.at("http2_protocol_options") != null;
        for (Map.Entry<String, Tracked> extension :
                cluster.members("typed_extension_protocol_options").entrySet()) {
            Tracked options = extension.getValue();
            options.ignore("@type");
            two |= options.at("explicit_http_config", "http2_protocol_options") != null;
            options.at("explicit_http_config", "http_protocol_options");
        }
        return two;
    }

    private List<Endpoint> endpoints(@Nullable Tracked assignment) {
        List<Endpoint> endpoints = new ArrayList<>();
        if (assignment == null) {
            return endpoints;
        }
        for (Tracked host : assignment.items("hosts")) {
            add(host.at("socket_address"), 1, "", endpoints);
        }
        if (!assignment.has("connect_timeout")) {
            assignment.ignore("cluster_name", "@type");
        }
        for (Tracked group : assignment.items("endpoints")) {
            String zone = group.text("locality", "zone");
            group.text("locality", "region");
            group.text("locality", "sub_zone");
            group.takeIf("0", "priority");
            for (Tracked one : group.items("lb_endpoints")) {
                String weight = one.text("load_balancing_weight");
                one.takeIf("HEALTHY", "health_status");
                Tracked address = one.at("endpoint", "address", "socket_address");
                add(address, weight == null ? 1 : Integer.parseInt(weight), zone == null ? "" : zone, endpoints);
            }
        }
        return endpoints;
    }

    private void add(@Nullable Tracked socket, int weight, String zone, List<Endpoint> into) {
        String port = socket == null ? null : socket.peek("port_value");
        if (socket == null || port == null || !port.matches("[0-9]{1,5}")) {
            return;
        }
        String host = socket.text("address");
        socket.text("port_value");
        socket.takeIf("TCP", "protocol");
        if (host != null) {
            String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
            into.add(new Endpoint(bracketed + ":" + port, weight, zone, true, false));
        }
    }

    /** Every cluster that was read. */
    Collection<Upstream> read() {
        return read.values();
    }
}
