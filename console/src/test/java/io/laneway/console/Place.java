package io.laneway.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import io.laneway.gateway.Gateway;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.router.source.MessageLanes;
import io.laneway.testkit.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A shop as it runs: a control API, two gateways that follow it, services in some lanes, and clients. */
@SuppressWarnings("try") // what closes may be interrupted
final class Place implements AutoCloseable {

    static final List<String> SERVICES = List.of("cart", "order", "stock");
    private static final int TENANTS = 40;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Gateway> gateways = new ArrayList<>();
    private final ControlApi control;
    private volatile boolean ended;

    Place(Path directory) {
        this(directory, List.of());
    }

    /** @param brokers whose message lanes the API shows */
    Place(Path directory, List<MessageLanes> brokers) {
        open.push(threads::shutdownNow);
        control = ControlApi.start(
                ControlConfig.in(directory.resolve("control"), 0).showing(brokers));
        open.push(control);
        try {
            call("PUT", "/v1/table", table(), "X-Reason", "first table");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (String id : List.of("edge-1", "edge-2")) {
            gateway(id, directory.resolve(id + ".yaml"));
        }
    }

    /** The port of the control API. */
    int port() {
        return control.port();
    }

    /** The requested lanes of the table: f-1 has cart, f-2 has order that cannot be reached, G0 has cart and order. */
    private String table() throws IOException {
        StringBuilder services = new StringBuilder();
        Map<String, List<String>> lanes = Map.of(
                "cart", List.of("master", "f-1", "G0"), "order", List.of("master", "G0"), "stock", List.of("master"));
        for (String service : SERVICES) {
            services.append(
                    "  - {name: %s, hosts: [%s.test], shift: default, deployments: [".formatted(service, service));
            for (String lane : lanes.get(service)) {
                services.append("{lane: %s, protocol: http1, endpoints: [\"%s\"]}, ".formatted(lane, serve()));
            }
            services.append(
                    service.equals("order")
                            ? "{lane: f-2, endpoints: [{address: \"%s\", ready: false}]}".formatted(dead())
                            : "");
            services.append("]}\n");
        }
        String routes = SERVICES.stream()
                .map(name -> "{path: /" + name + ", service: " + name + "}")
                .collect(Collectors.joining(", "));
        return "lanes: [{name: f-1, description: new cart}, {name: f-2, parent: G0}, {name: G0}]\nservices:\n"
                + services + "routes: [" + routes
                + "]\nshifts: [{name: default, tenant: [{header: x-tenant-id}], environments: [{lane: G0, share: \"10%\"}]}]\n";
    }

    private static String dead() {
        return "127.0.0.1:" + FreePort.take();
    }

    private String serve() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", Place::respond);
        server.start();
        open.push(() -> server.stop(0));
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private static void respond(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String status = exchange.getRequestHeaders().getFirst("x-status");
        exchange.sendResponseHeaders(status == null ? 200 : Integer.parseInt(status), 2);
        exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }

    private void gateway(String id, Path file) {
        gateway(id, file, "");
    }

    /** One more gateway, with more lines of configuration; its number is that of those before it. */
    int gateway(String id, Path file, String more) {
        String config = """
                id: %s
                listeners: [{name: edge, address: "127.0.0.1:0", trust: external}]
                admin: {address: "127.0.0.1:0"}
                table: {control: "%s"}
                %s
                """.formatted(id, control.url(), more);
        Gateway gateway = Gateway.start(
                ConfigReader.read(config.getBytes(StandardCharsets.UTF_8), file, Map.of())
                        .orThrow(),
                GatewayEnvironment.system("test"));
        open.push(gateway);
        gateways.add(gateway);
        return gateways.size() - 1;
    }

    /** A request through a gateway, of a lane or of none. */
    HttpResponse<String> request(int gateway, String service, String lane, String tenant, int status) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + gateways.get(gateway).port("edge") + "/" + service + "/17?size=2"))
                .header("x-tenant-id", tenant)
                .header("x-status", String.valueOf(status));
        if (!lane.isEmpty()) {
            request.header("trace-branch", lane);
        }
        return send(request.build());
    }

    /** The port at which a gateway takes requests. */
    int edge(int gateway) {
        return gateways.get(gateway).port("edge");
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Clients come until this closes: all lanes, many tenants, an error now and then. */
    void traffic() {
        CompletableFuture<Void> clients = CompletableFuture.runAsync(
                () -> {
                    List<String> lanes = List.of("", "", "f-1", "f-2", "G0", "gone");
                    for (int n = 0; !ended; n++) {
                        request(
                                n % 2,
                                SERVICES.get(n % 3),
                                lanes.get(n % 7 % 6),
                                "tenant-" + n % TENANTS,
                                n % 23 == 0 ? 503 : 200);
                        pause();
                    }
                },
                threads);
        open.push(() -> {
            ended = true;
            clients.handle((done, error) -> null).join();
        });
    }

    private static void pause() {
        java.util.concurrent.locks.LockSupport.parkNanos(8_000_000);
    }

    /** Deploys a service into a lane. */
    void deploy(String service, String lane) {
        try {
            call(
                    "PUT",
                    "/v1/services/" + service + "/deployments/" + lane + "?wait=applied&timeout=30s",
                    "{\"protocol\": \"http1\", \"endpoints\": [\"" + serve() + "\"]}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A call of the control API; fails unless it succeeds. */
    String call(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(control.url() + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = send(request.build());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(method + " " + path + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
