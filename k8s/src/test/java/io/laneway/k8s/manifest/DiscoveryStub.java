package io.laneway.k8s.manifest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The discovery documents of an API server that knows the kinds of some objects, and holds none. */
final class DiscoveryStub implements AutoCloseable {

    private final KubernetesSerialization json = new KubernetesSerialization();
    private final Map<String, Map<String, Object>> kinds = new TreeMap<>();
    private final HttpServer server;

    DiscoveryStub(List<HasMetadata> objects) throws IOException {
        for (HasMetadata object : objects) {
            kinds.computeIfAbsent(object.getApiVersion(), any -> new TreeMap<>())
                    .put(
                            object.getKind(),
                            Map.of(
                                    "kind",
                                    object.getKind(),
                                    "name",
                                    object.getPlural(),
                                    "singularName",
                                    "",
                                    "namespaced",
                                    object instanceof Namespaced,
                                    "verbs",
                                    List.of("create", "get", "patch")));
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Object document = document(exchange.getRequestURI().getPath());
        boolean found = document != null;
        byte[] bytes = json.asJson(
                        found
                                ? document
                                : Map.of("kind", "Status", "apiVersion", "v1", "reason", "NotFound", "code", 404))
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(found ? 200 : 404, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Object document(String path) {
        if (path.equals("/api")) {
            return Map.of("kind", "APIVersions", "versions", List.of("v1"));
        }
        if (path.equals("/apis")) {
            return Map.of("kind", "APIGroupList", "apiVersion", "v1", "groups", groups());
        }
        String version = path.replaceFirst("^/apis?/", "");
        Map<String, Object> known = kinds.get(version);
        return known == null
                ? null
                : Map.of(
                        "kind",
                        "APIResourceList",
                        "apiVersion",
                        "v1",
                        "groupVersion",
                        version,
                        "resources",
                        known.values());
    }

    private List<Object> groups() {
        List<Object> groups = new ArrayList<>();
        for (String version : kinds.keySet()) {
            int slash = version.indexOf('/');
            if (slash > 0) {
                Map<String, String> one = Map.of("groupVersion", version, "version", version.substring(slash + 1));
                groups.add(
                        Map.of("name", version.substring(0, slash), "versions", List.of(one), "preferredVersion", one));
            }
        }
        return groups;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
