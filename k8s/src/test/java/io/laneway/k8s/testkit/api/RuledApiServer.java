package io.laneway.k8s.testkit.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * An API server that refuses what a real one does: validation of names, the schemas of the Gateway API, optimistic
 * concurrency, the merges of all patch types, ownership of fields, admission by a real webhook, finalisers, and a
 * controller that makes EndpointSlices late. Plain HTTP, as behind {@code kubectl proxy}.
 */
public final class RuledApiServer implements AutoCloseable {

    private final Store store = new Store();
    private final EndpointControl endpoints;
    private final YAMLMapper yaml = new YAMLMapper();
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> refused = new ConcurrentHashMap<>();
    private final Set<String> denied = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "ruled-api-server");
        thread.setDaemon(true);
        return thread;
    });

    /** @param lagMillis how long after a change of Services and pods their EndpointSlices follow */
    public RuledApiServer(long lagMillis) throws IOException {
        endpoints = new EndpointControl(store, lagMillis);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Asks a webhook about each Service that is created or changed; null for none. */
    public void serviceWebhook(@Nullable String url) {
        store.admission("services", url == null ? null : new WebhookAdmission(url));
    }

    /** Answers writes of a kind, such as {@code events}, with a status; 0 for none. */
    public void refuse(String plural, int status) {
        store.fail(plural, status);
    }

    /** Answers every request for a kind, or for an object such as {@code secrets/name}, with a status. */
    public void refuseAll(String what, int status) {
        refused.put(what, status);
    }

    /** Says from now on that its clients may not write a kind, where they ask for their rights. */
    public void deny(String plural) {
        denied.add(plural);
    }

    /** Takes specs of custom resources as they are, as a cluster with later definitions would. */
    public void takeEverySpec() {
        store.schemas().takeEverySpec();
    }

    /** How often a kind, or an object such as {@code secrets/name}, was refused by {@link #refuseAll}. */
    public int refusals(String what) {
        return refusals.getOrDefault(what, 0);
    }

    /** Every write that was asked for, such as {@code POST /api/v1/namespaces/shop/services}. */
    public List<String> writes() {
        return writes;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        ObjectNode own = ApiLists.of(exchange.getRequestURI().getPath());
        if (own != null) {
            answer(exchange, 200, own.toString());
            return;
        }
        try {
            Place place = Place.of(
                    exchange.getRequestURI().getPath(), exchange.getRequestURI().getRawQuery());
            refuse(place);
            if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
                answer(exchange, 200, "");
            } else if ("true".equals(place.query().get("watch"))) {
                watch(exchange, place);
            } else {
                answer(exchange, 200, work(exchange, place).toString());
            }
        } catch (Refusal e) {
            ObjectNode status = Store.JSON.createObjectNode();
            status.put("kind", "Status").put("apiVersion", "v1").put("status", "Failure");
            status.put("message", e.getMessage()).put("reason", e.reason()).put("code", e.code());
            answer(exchange, e.code(), status.toString());
        }
    }

    private void refuse(Place place) {
        for (String what : List.of(place.plural(), place.plural() + "/" + place.name())) {
            Integer status = refused.get(what);
            if (status != null) {
                refusals.merge(what, 1, Integer::sum);
                throw new Refusal(status, status == 404 ? "NotFound" : "Forbidden", what + " is refused by the test");
            }
        }
    }

    private JsonNode work(HttpExchange exchange, Place place) throws IOException {
        String method = exchange.getRequestMethod();
        if (method.equals("GET")) {
            return place.name().isEmpty() ? list(place) : store.get(place);
        }
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        JsonNode body = bytes.length == 0 ? Store.JSON.createObjectNode() : yaml.readTree(bytes);
        if (place.plural().equals("selfsubjectaccessreviews")) {
            return reviewed((ObjectNode) body);
        }
        writes.add(method + " " + exchange.getRequestURI().getPath());
        String agent = String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent"));
        String manager = place.query().getOrDefault("fieldManager", agent.split("/")[0]);
        return switch (method) {
            case "POST" -> store.create(place, (ObjectNode) body, manager);
            case "PUT" -> store.put(place, (ObjectNode) body, manager);
            case "PATCH" ->
                store.patch(place, body, exchange.getRequestHeaders().getFirst("Content-Type"), manager);
            default -> store.delete(place);
        };
    }

    private JsonNode reviewed(ObjectNode review) {
        String what =
                review.path("spec").path("resourceAttributes").path("resource").asText();
        review.putObject("status").put("allowed", !denied.contains(what));
        return review;
    }

    private JsonNode list(Place place) {
        synchronized (store) {
            ObjectNode list = Store.JSON.createObjectNode();
            String[] path = place.collection().split("/");
            list.put("kind", ApiLists.kind(place.plural()) + "List");
            list.put("apiVersion", path[1].equals("api") ? "v1" : path[2] + "/" + path[3]);
            list.putObject("metadata").put("resourceVersion", Long.toString(store.version()));
            store.list(place).forEach(list.withArrayProperty("items")::add);
            return list;
        }
    }

    private void watch(HttpExchange exchange, Place place) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        long from = Long.parseLong(place.query().getOrDefault("resourceVersion", "0"));
        try (OutputStream out = exchange.getResponseBody()) {
            out.flush();
            while (true) {
                for (Store.Event event : store.after(from, place)) {
                    ObjectNode line = Store.JSON.createObjectNode().put("type", event.type());
                    line.set("object", event.object());
                    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                    from = event.version();
                }
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        endpoints.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
