package io.laneway.k8s.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The part of an API server that informers use, with the memory of a real one: lists carry a resource version, a watch
 * continues after the version it names, and is refused with 410 Gone once that was compacted. It can be stopped and
 * started on its port. Speaks plain HTTP without WebSockets, as behind {@code kubectl proxy}.
 */
public final class FakeApiServer implements AutoCloseable {

    private record Event(long version, String kind, String line) {}

    private final KubernetesSerialization json = new KubernetesSerialization();
    private final Map<String, Map<String, String>> objects = new HashMap<>();
    private final List<Event> log = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fake-api-server");
        thread.setDaemon(true);
        return thread;
    });
    private final int port;
    private long version = 1;
    private long compacted;
    private int lists;
    private HttpServer server;

    public FakeApiServer() throws IOException {
        server = listen(0);
        port = server.getAddress().getPort();
    }

    private HttpServer listen(int onPort) throws IOException {
        HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 50);
        made.createContext("/", this::handle);
        made.setExecutor(threads);
        made.start();
        return made;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Cuts all connections; its port is closed until it is started again. */
    public void stop() {
        server.stop(0);
    }

    /** Listens again on the same port, with what it held. */
    public void start() throws IOException {
        server = listen(port);
    }

    /** Forgets the events up to now: a watch from an older version gets 410. */
    public synchronized void compact() {
        compacted = version;
        log.clear();
    }

    /** How many lists were answered. */
    public synchronized int lists() {
        return lists;
    }

    /** Creates or replaces an object. */
    public synchronized void put(HasMetadata object) {
        Map<String, String> kind = objects.computeIfAbsent(path(object), any -> new TreeMap<>());
        object.getMetadata().setResourceVersion(Long.toString(++version));
        String old = kind.put(key(object), json.asJson(object));
        event(object, old == null ? "ADDED" : "MODIFIED");
    }

    /** Deletes an object. */
    public synchronized void delete(HasMetadata object) {
        objects.computeIfAbsent(path(object), any -> new TreeMap<>()).remove(key(object));
        object.getMetadata().setResourceVersion(Long.toString(++version));
        event(object, "DELETED");
    }

    private void event(HasMetadata object, String type) {
        log.add(new Event(
                version, path(object), "{\"type\":\"" + type + "\",\"object\":" + json.asJson(object) + "}\n"));
        notifyAll();
    }

    private static String key(HasMetadata object) {
        return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    }

    private static String path(HasMetadata object) {
        String group = object.getApiVersion().contains("/") ? "/apis/" : "/api/";
        return group + object.getApiVersion() + "/" + object.getPlural();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestHeaders().containsKey("Upgrade")) {
            answer(exchange, 200, "");
        } else if (query.contains("watch=true")) {
            watch(exchange, path, Long.parseLong(query.replaceAll(".*resourceVersion=([0-9]+).*", "$1")));
        } else {
            answer(exchange, 200, list(path));
        }
    }

    private synchronized String list(String path) {
        lists++;
        String kind = path.endsWith("endpointslices") ? "EndpointSliceList" : "ServiceList";
        String api = path.startsWith("/apis/") ? path.split("/")[2] + "/" + path.split("/")[3] : "v1";
        return "{\"kind\":\"" + kind + "\",\"apiVersion\":\"" + api + "\",\"metadata\":{\"resourceVersion\":\""
                + version + "\"},\"items\":["
                + String.join(",", objects.getOrDefault(path, Map.of()).values()) + "]}";
    }

    private void watch(HttpExchange exchange, String path, long from) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bookmark(path, from).getBytes(StandardCharsets.UTF_8));
            out.flush();
            long after = from;
            while (true) {
                StringBuilder lines = new StringBuilder();
                after = next(path, after, lines);
                out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
                out.flush();
                if (after < 0) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String bookmark(String path, long at) {
        String kind = path.endsWith("endpointslices")
                ? "\"kind\":\"EndpointSlice\",\"apiVersion\":\"discovery.k8s.io/v1\""
                : "\"kind\":\"Service\",\"apiVersion\":\"v1\"";
        return "{\"type\":\"BOOKMARK\",\"object\":{" + kind + ",\"metadata\":{\"resourceVersion\":\"" + at + "\"}}}\n";
    }

    /** Waits for what came after a version; -1 after the line that says that the version is gone. */
    private synchronized long next(String path, long after, StringBuilder lines) throws InterruptedException {
        if (after < compacted) {
            lines.append(
                    "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\","
                            + "\"message\":\"too old resource version\",\"reason\":\"Expired\",\"code\":410}}\n");
            return -1;
        }
        while (log.isEmpty() || log.get(log.size() - 1).version() <= after) {
            wait();
        }
        int first = log.size();
        while (first > 0 && log.get(first - 1).version() > after) {
            first--;
        }
        for (Event event : log.subList(first, log.size())) {
            if (event.kind().equals(path)) {
                lines.append(event.line());
            }
        }
        return version;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
