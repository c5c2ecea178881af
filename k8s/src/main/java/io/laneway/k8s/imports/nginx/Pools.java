package io.laneway.k8s.imports.nginx;

import io.laneway.k8s.imports.source.Refused;
import io.laneway.k8s.imports.table.PolicyDraft;
import io.laneway.k8s.imports.table.Upstream;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.policy.Balancer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The servers behind the names of {@code proxy_pass}: those of {@code upstream}, or an address. Confined to one thread. */
final class Pools {

    private final Map<String, Directive> pools = new LinkedHashMap<>();
    private final Map<String, Upstream> made = new LinkedHashMap<>();

    Pools(List<Directive> http) {
        Directive.named(http, "upstream").forEach(pool -> pools.putIfAbsent(pool.arg(0), pool));
    }

    List<Upstream> made() {
        return List.copyOf(made.values());
    }

    Upstream of(String name, boolean secure, Directive at, Duration connect) {
        Upstream known = made.get(name + secure);
        if (known != null) {
            return known;
        }
        Directive pool = pools.get(name);
        PolicyDraft policy = PolicyDraft.plain().connect(connect);
        List<Endpoint> endpoints =
                pool == null ? List.of(Endpoint.at(address(name, secure ? 443 : 80))) : servers(pool, policy);
        if (endpoints.isEmpty()) {
            throw new Refused(at.node(), "no server by an address in '" + name + "'", "server HOST:PORT");
        }
        Upstream upstream = new Upstream(
                pool == null ? at.location() : pool.location(),
                name,
                secure ? Protocol.HTTPS : Protocol.HTTP1,
                // nginx verifies nothing unless it is told to.
                secure ? new UpstreamTls(null, null, null, null, false) : null,
                endpoints,
                policy.policy());
        made.put(name + secure, upstream);
        return upstream;
    }

    private static List<Endpoint> servers(Directive pool, PolicyDraft policy) {
        pool.take();
        List<Endpoint> endpoints = new ArrayList<>();
        for (Directive one : pool.block()) {
            switch (one.name()) {
                case "server" -> {
                    if (one.arg(0).startsWith("unix:") || one.args().contains("backup")) {
                        continue;
                    }
                    endpoints.add(server(one));
                }
                case "least_conn" -> policy.balancer(Balancer.LEAST_REQUEST);
                case "ip_hash" -> policy.balancer(new Balancer(Balancer.Kind.RING_HASH, Balancer.Key.SOURCE, ""));
                case "hash" -> {
                    Balancer balancer = hash(one.arg(0));
                    if (balancer == null) {
                        continue;
                    }
                    policy.balancer(balancer);
                }
                case "keepalive", "zone", "keepalive_timeout", "keepalive_requests" -> {
                    // How connections are kept changes no request.
                }
                default -> {
                    continue;
                }
            }
            if (!one.name().equals("server")) {
                one.take();
            }
        }
        return endpoints;
    }

    private static @Nullable Balancer hash(String key) {
        return switch (key.replaceAll("_.*", "")) {
            case "$remote", "$binary" -> new Balancer(Balancer.Kind.RING_HASH, Balancer.Key.SOURCE, "");
            case "$http" ->
                new Balancer(
                        Balancer.Kind.RING_HASH,
                        Balancer.Key.HEADER,
                        key.substring(6).replace('_', '-'));
            case "$cookie" -> new Balancer(Balancer.Kind.RING_HASH, Balancer.Key.COOKIE, key.substring(8));
            default -> null;
        };
    }

    /** A server; other settings than its weight, such as {@code backup}, stay to be named. */
    private static Endpoint server(Directive server) {
        server.take(1);
        int weight = 1;
        for (io.laneway.k8s.imports.source.Tracked arg : server.node().items("args")) {
            String text = String.valueOf(arg.peek());
            if (text.matches("weight=[0-9]{1,6}")) {
                weight = Integer.parseInt(text.substring("weight=".length()));
                arg.text();
            } else if (text.equals("down")) {
                weight = 0;
                arg.text();
            }
        }
        return new Endpoint(address(server.arg(0), 80), weight, "", true, false);
    }

    private static String address(String text, int port) {
        return text.matches(".*:[0-9]+") ? text : text + ":" + port;
    }
}
