package io.laneway.cli.replays;

import static org.awaitility.Awaitility.await;

import io.laneway.cli.remote.ControlClient;
import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import io.laneway.gateway.Gateway;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A control API, a gateway that keeps recordings, and service orders at base and, with another price, in lane f-1. */
final class Shop implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static final String SECRET = "9c1185a5c5e9fc54612808977ee8f548b2258d31";

    private final Path directory;
    private final String more;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Methods and paths that lanes served for replays, with the id of the replay. */
    final Queue<String> replayed = new ConcurrentLinkedQueue<>();

    /** What these had as authorization, with the lane that served. */
    final Queue<String> authorizations = new ConcurrentLinkedQueue<>();

    volatile long slow;

    /** Of what lane f-1 responds to replays. */
    volatile int status = 200;

    /** Of the responses to orders 1 and 10 to 19. */
    volatile String type = "application/json";

    private ControlApi control;
    private @Nullable Gateway gateway;

    Shop(Path directory, String laneMode) {
        this(directory, laneMode, "");
    }

    /** One whose gateway has further lines of configuration. */
    Shop(Path directory, String laneMode, String more) {
        this.more = more;
        this.directory = directory;
        this.control = ControlApi.start(ControlConfig.in(directory.resolve("control"), 0));
        call("PUT", "/v1/table", """
            {"lanes": [{"name": "f-1", "mode": "%s"}, {"name": "f-2"}], "services": [{"name": "orders", "deployments": [
              {"lane": "master", "protocol": "http1", "endpoints": ["127.0.0.1:%d"]},
              {"lane": "f-1", "protocol": "http1", "endpoints": ["127.0.0.1:%d"]}]}],
             "recordings": [{"name": "orders", "service": "orders", "until": "%s"}]}
            """.formatted(
                laneMode, serve("master", 100), serve("f-1", 101), Instant.now().plusSeconds(3600)));
        startGateway();
    }

    void startGateway() {
        String config = """
            id: gw-1
            listeners:
              - {name: edge, address: "127.0.0.1:0", trust: external, service: orders}
              - {name: outbound, address: "127.0.0.1:0", trust: internal, service: orders}
            admin: {address: "127.0.0.1:0"}
            table: {control: "%s"}
            data: "%s"
            %s
            """.formatted(control.url(), directory.resolve("gateway"), more);
        gateway = Gateway.start(
                ConfigReader.read(config.getBytes(StandardCharsets.UTF_8), directory.resolve("gw.yaml"), Map.of())
                        .orThrow(),
                GatewayEnvironment.system("test"));
    }

    void stopGateway() {
        Gateway running = gateway;
        gateway = null;
        if (running != null) {
            running.close();
        }
    }

    /** Another process of the same store, at the same port. */
    void restartControl() {
        int port = URI.create(control.url()).getPort();
        control.close();
        control = ControlApi.start(ControlConfig.in(directory.resolve("control"), port));
    }

    private int serve(String lane, int price) {
        return vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> respond(request, lane, price)))
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    private void respond(HttpServerRequest request, String lane, int price) {
        JsonObject order = new JsonObject()
                .put("id", request.path())
                .put("price", price)
                .put("access_token", SECRET + lane)
                .put("at", Instant.now().toString())
                .put("trace", UUID.randomUUID().toString());
        // that of a replay's request is the replay's id, its number, and its side
        boolean replay = request.getHeader("x-request-id").matches(".{36}-\\d+-(base1|base2|lane)");
        if (replay) {
            replayed.add(lane + " " + request.method() + " " + request.path());
            authorizations.add(lane + " " + request.getHeader("authorization"));
        }
        boolean message = request.path().startsWith("/orders/1");
        Runnable end = () -> request.response()
                .setStatusCode(replay && lane.equals("f-1") ? status : 200)
                .putHeader("content-type", message ? type : "application/json")
                .end(message && type.contains("protobuf") ? message(price, order) : order.toBuffer());
        if (replay && slow > 0) {
            vertx.setTimer(slow, id -> end.run());
        } else {
            end.run();
        }
    }

    /** A message of type {@code shop.Order}: its price is field 1, what differs each time is field 2. */
    private static Buffer message(int price, JsonObject order) {
        byte[] trace = order.getString("trace").getBytes(StandardCharsets.UTF_8);
        return Buffer.buffer()
                .appendBytes(new byte[] {8, (byte) price, 18, (byte) trace.length})
                .appendBytes(trace);
    }

    void traffic(int requests, String method) {
        for (int i = 0; i < requests; i++) {
            URI uri = URI.create("http://127.0.0.1:" + running().port("edge") + "/orders/" + (i % 20));
            try {
                client.send(
                        HttpRequest.newBuilder(uri)
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .header("authorization", "Bearer " + SECRET)
                                .timeout(Duration.ofSeconds(30))
                                .build(),
                        BodyHandlers.discarding());
            } catch (java.io.IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** Sends requests, and waits until the gateway has kept them. */
    void recording(int requests, String method) {
        await().atMost(PATIENCE)
                .until(() -> !get("/v1/gateways").getJsonArray("gateways").isEmpty());
        traffic(requests, method);
        await().atMost(PATIENCE).until(() -> kept().contains(" " + requests + ".0") || kept().contains(" " + requests));
    }

    /** What the gateway says of the requests that it kept. */
    String kept() {
        return recorded()
                .lines()
                .filter(line -> line.startsWith("laneway_recording_kept_total"))
                .reduce("", String::concat);
    }

    /** A replay, once it has ended. */
    JsonObject ended(String id) {
        await().atMost(PATIENCE).until(() -> get("/v1/replays/" + id).containsKey("ended"));
        return get("/v1/replays/" + id);
    }

    private Gateway running() {
        Gateway running = gateway;
        if (running == null) {
            throw new IllegalStateException("no gateway");
        }
        return running;
    }

    /** How many requests the recording has kept, and dropped, by the gateway's metrics. */
    String recorded() {
        try {
            URI uri = URI.create("http://127.0.0.1:" + running().adminPort() + "/metrics");
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("laneway_recording"))
                    .reduce("", (a, b) -> a + "\n" + b);
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonObject call(String method, String path, @Nullable String body) {
        return (JsonObject) new ControlClient(URI.create(control.url()), null).call(method, path, body, null);
    }

    JsonObject get(String path) {
        return (JsonObject) new ControlClient(URI.create(control.url()), null).get(path);
    }

    String url() {
        return control.url();
    }

    Path data() {
        return directory.resolve("gateway");
    }

    @Override
    public void close() {
        stopGateway();
        control.close();
        vertx.close().await();
    }
}
