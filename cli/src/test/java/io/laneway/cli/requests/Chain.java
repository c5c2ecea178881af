package io.laneway.cli.requests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.laneway.gateway.Gateway;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.testkit.FreePort;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Four services in a chain over three gateways: edge → a → gw-2 → b → gw-3 → c → edge's outbound → d, each with
 * deployments in some lanes, one of which nothing listens for. Each gateway writes an access log. Safe for many threads.
 */
@SuppressWarnings("try") // what closes may be interrupted
final class Chain implements AutoCloseable {

    static final List<String> SERVICES = List.of("a", "b", "c", "d");
    private static final List<String> CARRIED = List.of(
            "trace-branch",
            "baggage",
            "x-request-id",
            "traceparent",
            "x-laneway-assigned",
            "x-tenant-id",
            "x-status",
            "x-carry");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Path directory;
    private final Map<String, Gateway> gateways = new ConcurrentHashMap<>();
    private final List<HttpClient> outbound = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();

    Chain(Path directory) {
        this.directory = directory;
        open.push(threads::shutdownNow);
    }

    /** The table: f-1 has a and c, f-2 has b, f-3 has d where nothing listens, and G0 has all of its tenants. */
    String table() throws IOException {
        String dead = "127.0.0.1:" + FreePort.take();
        StringBuilder services = new StringBuilder();
        Map<String, List<String>> lanes = Map.of(
                "a",
                List.of("master", "f-1", "G0"),
                "b",
                List.of("master", "f-2", "G0"),
                "c",
                List.of("master", "f-1", "G0"),
                "d",
                List.of("master", "G0"));
        for (int i = 0; i < SERVICES.size(); i++) {
            String service = SERVICES.get(i);
            services.append("  - name: ")
                    .append(service)
                    .append("\n    hosts: [")
                    .append(service)
                    .append(".test]\n");
            services.append("    shift: default\n    deployments:\n");
            for (String lane : lanes.get(service)) {
                services.append("      - {lane: ")
                        .append(lane)
                        .append(", protocol: http1, endpoints: [\"")
                        .append(serve(i))
                        .append("\"]}\n");
            }
            if (service.equals("d")) {
                services.append("      - {lane: f-3, protocol: http1, endpoints: [\"")
                        .append(dead)
                        .append("\"]}\n");
            }
        }
        return "lanes: [{name: f-1}, {name: f-2}, {name: f-3}, {name: G0}]\nservices:\n" + services
                + "shifts:\n  - {name: default, tenant: [{header: x-tenant-id}],"
                + " environments: [{lane: G0, share: \"30%\"}]}\n";
    }

    /** Starts a gateway that follows a control API. */
    void gateway(String id, String control) {
        String config = """
                id: %s
                listeners:
                  - {name: edge, address: "127.0.0.1:0", trust: external, service: a}
                  - {name: outbound, address: "127.0.0.1:0", trust: internal}
                admin: {address: "127.0.0.1:0"}
                table: {control: "%s"}
                accessLog: {format: json, path: "%s"}
                """.formatted(id, control, log(id));
        Gateway gateway = Gateway.start(
                ConfigReader.read(config.getBytes(StandardCharsets.UTF_8), directory.resolve(id + ".yaml"), Map.of())
                        .orThrow(),
                GatewayEnvironment.system("test"));
        open.push(gateway);
        gateways.put(id, gateway);
        InetSocketAddress proxy = new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port("outbound"));
        outbound.add(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(ProxySelector.of(proxy))
                .build());
    }

    Gateway gateway(String id) {
        return gateways.get(id);
    }

    private Path log(String id) {
        return directory.resolve(id + ".log");
    }

    /** The lines of a gateway's access log. */
    List<JsonObject> logged(String id) throws IOException {
        return Files.readAllLines(log(id)).stream().map(JsonObject::new).toList();
    }

    private String serve(int service) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> respond(exchange, service));
        server.start();
        open.push(() -> server.stop(0));
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Calls the next service through the next gateway; the last one responds as the request asks. */
    private void respond(HttpExchange exchange, int service) throws IOException {
        int status = Integer.parseInt(exchange.getRequestHeaders().getFirst("x-status"));
        if (service + 1 < SERVICES.size()) {
            HttpRequest.Builder next = HttpRequest.newBuilder(
                            URI.create("http://" + SERVICES.get(service + 1) + ".test" + exchange.getRequestURI()))
                    .timeout(PATIENCE);
            CARRIED.forEach(name -> carry(exchange, name, next));
            if ("yes".equals(exchange.getRequestHeaders().getFirst("x-carry"))) {
                carry(exchange, "x-laneway-hops", next);
            }
            try {
                HttpClient through = outbound.get((service + 1) % outbound.size());
                status = through.send(next.build(), BodyHandlers.discarding()).statusCode();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static void carry(HttpExchange exchange, String name, HttpRequest.Builder next) {
        List<String> values = exchange.getRequestHeaders().get(name);
        if (values != null) {
            values.forEach(value -> next.header(name, value));
        }
    }

    /** A request by chance: its lane, tenant, status, and whether the services carry the count of hops. */
    HttpResponse<Void> request(Random random, String traceId, boolean carry) throws IOException, InterruptedException {
        String[] lanes = {"", "", "f-1", "f-2", "f-3", "none-such"};
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                        + gateway("edge").port("edge") + "/x/" + random.nextInt(1000) + "?q=" + random.nextInt()))
                .header("traceparent", "00-" + traceId + "-" + String.format("%016x", random.nextLong() | 1) + "-01")
                .header("x-status", random.nextInt(5) == 0 ? "503" : "200")
                .header("x-carry", carry ? "yes" : "no")
                .timeout(PATIENCE);
        String lane = lanes[random.nextInt(lanes.length)];
        if (!lane.isEmpty()) {
            request.header("trace-branch", lane);
        }
        if (random.nextBoolean()) {
            request.header("x-tenant-id", "t-" + random.nextInt(50));
        }
        return client.send(request.build(), BodyHandlers.discarding());
    }

    @Override
    public void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
