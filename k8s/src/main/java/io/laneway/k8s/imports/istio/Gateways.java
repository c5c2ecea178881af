package io.laneway.k8s.imports.istio;

import io.laneway.k8s.imports.source.KubeObjects;
import io.laneway.k8s.imports.source.KubeObjects.KubeObject;
import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.source.Tracked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The hosts of Gateways. Confined to one thread. */
final class Gateways {

    private final Map<String, List<String>> hosts = new HashMap<>();

    Gateways(KubeObjects objects, Report report) {
        for (KubeObject gateway : objects.of("Gateway")) {
            gateway.spec().members("selector").values().forEach(Tracked::take);
            List<String> names =
                    hosts.computeIfAbsent(gateway.namespace() + "/" + gateway.name(), name -> new ArrayList<>());
            for (Tracked server : gateway.spec().items("servers")) {
                String protocol = String.valueOf(server.peek("port", "protocol"));
                if (!List.of("HTTP", "HTTP2", "HTTPS", "GRPC").contains(protocol)) {
                    continue;
                }
                String port = server.text("port", "number");
                server.text("port", "name");
                server.text("port", "protocol");
                server.ignore("name");
                report.assumed(server.location(), "listens on port " + port + ": listeners are in laneway.yaml");
                Tracked tls = server.at("tls");
                if (tls != null) {
                    tls.refuse(report, "TLS of clients is no part of a table", "tls of a listener in laneway.yaml");
                }
                server.items("hosts")
                        .forEach(host -> names.add(String.valueOf(host.text()).replaceAll("^[^/]*/", "")));
            }
        }
    }

    boolean has(String name, String namespace) {
        return hosts.containsKey(full(name, namespace));
    }

    private static String full(String name, String namespace) {
        return name.contains("/") ? name : namespace + "/" + name;
    }

    /** The hosts of a gateway that is named in a namespace; empty for any, also if it is not here. */
    List<String> hosts(String name, String namespace) {
        List<String> found = hosts.get(full(name, namespace));
        return found == null || found.contains("*") ? List.of() : found;
    }
}
