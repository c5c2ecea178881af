package io.laneway.gateway.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.server.admin.AdminParts.Phase;
import io.laneway.gateway.server.tables.TableSupply;
import io.laneway.gateway.telemetry.metrics.ProcessMetrics;
import io.laneway.gateway.telemetry.records.RequestRecords;
import io.laneway.gateway.telemetry.records.Tail;
import io.laneway.gateway.upstream.cluster.ClusterEnvironment;
import io.laneway.gateway.upstream.cluster.Clusters;
import io.laneway.testkit.RawHttp;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminServerIT {

    private static final String TABLE = """
        lanes: [{name: f-1}]
        services:
          - name: order
            hosts: [order.example.com]
            deployments:
              - {lane: master, endpoints: ["127.0.0.1:9001"]}
              - {lane: f-1, endpoints: ["127.0.0.1:9002"]}
        """;

    @TempDir
    Path dir;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final CompletableFuture<Integer> drained = new CompletableFuture<>();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.RUNNING);
    private final List<String> levels = new ArrayList<>();
    private TableSupply tables;
    private AdminServer admin;

    @BeforeEach
    void start() throws Exception {
        GatewayConfig config = config("{control: \"http://127.0.0.1:1\", token: \"${TOKEN}\"}");
        start(config);
    }

    @AfterEach
    void stop() throws Exception {
        admin.close();
        tables.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private GatewayConfig config(String table) {
        String document = "id: gw-1\n"
                + "listeners:\n"
                + "  - {name: edge, address: \"127.0.0.1:0\"}\n"
                + "  - {name: inside, address: \"127.0.0.1:0\", trust: internal}\n"
                + "admin: {address: \"127.0.0.1:0\", probes: \"127.0.0.1:0\", hosts: [gateway.shop]}\n"
                + "accessLog: off\n"
                + "table: "
                + table + "\n";
        return ConfigReader.read(
                        document.getBytes(StandardCharsets.UTF_8),
                        dir.resolve("laneway.yaml"),
                        Map.of("TOKEN", "s3cret"))
                .orThrow();
    }

    private void start(GatewayConfig config) throws Exception {
        tables = new TableSupply(
                config,
                new TableSupply.Environment(
                        () -> vertx,
                        new Clusters(ClusterEnvironment.withoutHealthChecks(1)),
                        table -> {
                            throw new IllegalArgumentException("no such source");
                        },
                        Clock.systemUTC(),
                        new Random(1),
                        "0.1"));
        tables.start();
        admin = new AdminServer(new AdminParts(
                config,
                "0.1",
                tables,
                List.of(new ProcessMetrics("0.1"), tables.holder().metrics()),
                RequestRecords.NONE,
                Tail.NONE,
                phase::get,
                () -> List.of("edge 127.0.0.1:8080"),
                () -> Map.of("edge", "certificate edge.pem (expected: PEM)"),
                new AdminParts.Leaving(
                        () -> {
                            phase.set(Phase.DRAINING);
                            return drained;
                        },
                        () -> 3),
                (logger, level) -> levels.add(logger + "=" + level)));
        admin.start();
    }

    private void restartWithTable() throws Exception {
        Files.writeString(dir.resolve("lanes.yaml"), TABLE);
        admin.close();
        tables.close();
        start(config("{file: lanes.yaml}"));
        await().until(() -> tables.holder().get() != null);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(admin.port(), path)));
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(uri(admin.port(), path)).POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static JsonObject json(HttpResponse<String> response) {
        return new JsonObject(response.body());
    }

    @Test
    void isReadyOnceThereIsATableAndUntilItDrains() throws Exception {
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).contains("no lane table yet");

        restartWithTable();
        assertThat(get("/readyz").statusCode()).isEqualTo(200);

        assertThat(post("/drain", "").statusCode()).isEqualTo(202);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).contains("draining");
        assertThat(json(post("/drain", "")))
                .isEqualTo(new JsonObject()
                        .put("draining", true)
                        .put("done", false)
                        .put("connections", 3));
        assertThat(get("/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void servesMetricsInTheFormAskedFor() throws Exception {
        HttpResponse<String> text = get("/metrics");
        assertThat(text.headers().firstValue("content-type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(text.body()).contains("laneway_build_info{", "laneway_table_revision 0.0\n");

        HttpResponse<String> open = send(HttpRequest.newBuilder(uri(admin.port(), "/metrics"))
                .header("accept", "application/openmetrics-text; version=1.0.0"));
        assertThat(open.headers().firstValue("content-type").orElse("")).startsWith("application/openmetrics-text");
        assertThat(open.body()).endsWith("# EOF\n");
    }

    @Test
    void theFormThatAClientLikesBestIsServed() throws Exception {
        String both = "application/openmetrics-text;version=1.0.0;q=%s,text/plain;version=0.0.4;q=%s,*/*;q=0.1";
        assertThat(metricsFor(both.formatted("0.4", "0.6"))).startsWith("text/plain");
        assertThat(metricsFor(both.formatted("0.6", "0.4"))).startsWith("application/openmetrics-text");
        assertThat(metricsFor("application/openmetrics-text;version=1.0.0;q=0")).startsWith("text/plain");
        assertThat(metricsFor("*/*")).startsWith("text/plain");
        assertThat(metricsFor(",;q=x")).startsWith("text/plain");
    }

    private String metricsFor(String accept) throws Exception {
        return send(HttpRequest.newBuilder(uri(admin.port(), "/metrics")).header("accept", accept))
                .headers()
                .firstValue("content-type")
                .orElse("");
    }

    @Test
    void callsThatCannotBeReadAreRefusedWithTheReason() throws Exception {
        for (String path : new String[] {"/tail?lane=%zz", "/explain?request=%zz", "/explain?service=%c3%28%zz"}) {
            assertThat(RawHttp.get(admin.port(), path, "Host: 127.0.0.1"))
                    .as(path)
                    .startsWith("HTTP/1.1 400 ")
                    .contains("percent-encoded");
        }
        for (String name : new String[] {"lane", "service", "tenant", "decision", "status", "share"}) {
            HttpResponse<String> response = get("/tail?" + name + "=");
            assertThat(response.statusCode()).as(name).isEqualTo(400);
            assertThat(response.body()).contains(name + ": empty (expected: a value");
        }
    }

    @Test
    void pathsThatDoNotExistAreNotFound() throws Exception {
        for (String path : new String[] {"/nope", "/", "/drain/x", "/tables"}) {
            HttpResponse<String> response = get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(404);
            assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        }
        assertThat(post("/nope", "").statusCode()).isEqualTo(404);
        assertThat(get("/drain").statusCode()).isEqualTo(405);
        assertThat(post("/livez", "").statusCode()).isEqualTo(405);
    }

    @Test
    void tellsWhatTheProcessHolds() throws Exception {
        String metrics = get("/metrics").body();
        for (String name : new String[] {"process_open_fds", "process_max_fds", "process_resident_memory_bytes"}) {
            assertThat(metrics).containsPattern("(?m)^" + name + " [1-9][0-9]*\\.[0-9]+(E[0-9]+)?$");
        }
    }

    @Test
    void probesOnAPortOfTheirOwnShowNothingElse() throws Exception {
        assertThat(send(HttpRequest.newBuilder(uri(admin.probesPort(), "/livez")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(HttpRequest.newBuilder(uri(admin.probesPort(), "/metrics")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(HttpRequest.newBuilder(uri(admin.probesPort(), "/config_dump")))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void showsItsConfigurationWithoutSecrets() throws Exception {
        HttpResponse<String> dump = get("/config_dump");

        assertThat(dump.body()).doesNotContain("s3cret");
        assertThat(json(dump).getJsonObject("table").getString("token")).isEqualTo("[redacted]");
        assertThat(json(dump).getString("id")).isEqualTo("gw-1");
        assertThat(json(dump).getJsonArray("listeners").getJsonObject(1).getString("trust"))
                .isEqualTo("INTERNAL");
    }

    @Test
    void showsTheTableAndHowItStands() throws Exception {
        assertThat(json(get("/table")).getString("origin")).isEqualTo("none");

        restartWithTable();
        JsonObject table = json(get("/table"));

        assertThat(table.getString("origin")).isEqualTo("source");
        assertThat(table.getInteger("revision")).isEqualTo(1);
        assertThat(table.getBoolean("connected")).isTrue();
        assertThat(table.getJsonObject("table").getJsonArray("services")).hasSize(1);
        assertThat(json(get("/table?table=false")).containsKey("table")).isFalse();
    }

    @Test
    void showsWhyAChangedFileWasRefusedWhileTheOldTableRuns() throws Exception {
        restartWithTable();
        Files.writeString(dir.resolve("lanes.yaml"), TABLE + "nonsense: 1\n");

        await().until(() -> !json(get("/table")).getJsonArray("problems").isEmpty());
        JsonObject table = json(get("/table"));
        assertThat(table.getInteger("revision")).isEqualTo(1);
        assertThat(table.getJsonArray("problems").getJsonObject(0).getInteger("line"))
                .isEqualTo(8);
    }

    @Test
    void explainsWhereARequestWouldGo() throws Exception {
        assertThat(get("/explain?service=order").statusCode()).isEqualTo(503);

        restartWithTable();
        JsonObject lane = json(get("/explain?service=order&lane=f-1"));
        assertThat(lane.getString("served")).isEqualTo("f-1");
        assertThat(lane.getString("reason")).isEqualTo("lane");
        assertThat(lane.getJsonArray("endpoints")).containsExactly("127.0.0.1:9002");

        JsonObject host =
                json(post("/explain", "{\"host\":\"order.example.com\",\"headers\":{\"trace-branch\":[\"nobody\"]}}"));
        assertThat(host.getString("served")).isEqualTo("master");
        assertThat(host.getString("reason")).isEqualTo("lane_unknown");

        JsonObject stamped = json(post("/explain", "{\"listener\":\"inside\",\"host\":\"order\"}"));
        assertThat(stamped.getString("service")).isEqualTo("order");
        assertThat(json(post("/explain", "{\"listener\":\"edge\",\"host\":\"order\"}"))
                        .getString("reason"))
                .as("strangers reach no service by its bare name")
                .isEqualTo("no_route");
    }

    @Test
    void tellsWhatIsWrongWithAQuestion() throws Exception {
        restartWithTable();

        assertThat(get("/explain?sevice=order").statusCode()).isEqualTo(400);
        assertThat(get("/explain?sevice=order").body()).contains("sevice: unknown");
        assertThat(get("/explain?listener=x").body()).contains("listener: x (expected: one of [edge, inside])");
        assertThat(post("/explain", "[").statusCode()).isEqualTo(400);
        assertThat(post("/explain", "").statusCode()).isEqualTo(400);
        assertThat(post("/explain", "{\"lane\":7}").body()).contains("lane: 7");
        assertThat(post("/explain", "{\"headers\":7}").statusCode()).isEqualTo(400);
        assertThat(post("/explain", "x".repeat(70_000)).statusCode()).isEqualTo(413);
    }

    @Test
    void acceptsAChangedSourceOnlyIfThereIsOne() throws Exception {
        assertThat(post("/accept", "").statusCode()).isEqualTo(409);
    }

    @Test
    void changesLogLevels() throws Exception {
        assertThat(post("/logging?level=DEBUG&logger=io.laneway", "").statusCode())
                .isEqualTo(200);
        assertThat(post("/logging?level=loud", "").statusCode()).isEqualTo(400);
        assertThat(levels).containsExactly("io.laneway=debug");
    }

    @Test
    void refusesCommandsOfPagesInABrowser() throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(uri(admin.port(), "/drain"))
                .header("origin", "http://evil.example")
                .POST(BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(phase.get()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void tellsWhatItIs() throws Exception {
        JsonObject info = json(get("/server_info"));

        assertThat(info.getString("id")).isEqualTo("gw-1");
        assertThat(info.getString("state")).isEqualTo("running");
        assertThat(info.getJsonArray("listeners")).containsExactly("edge 127.0.0.1:8080");
        assertThat(info.getJsonObject("tlsProblems").getString("edge")).contains("edge.pem");
    }

    @Test
    void answersToLocalNamesLiteralsAndConfiguredNamesOnly() throws Exception {
        for (String host : List.of("localhost", "127.0.0.1:9901", "10.1.2.3", "[2001:db8::1]:9901", "Gateway.shop")) {
            assertThat(raw("/table", "Host: " + host)).as(host).doesNotStartWith("HTTP/1.1 40");
        }
        for (String host : List.of("127.evil.example", "localhost.evil", "localhost.", "gateway")) {
            assertThat(raw("/table", "Host: " + host)).as(host).startsWith("HTTP/1.1 403");
            assertThat(raw("/livez", "Host: " + host)).as(host).startsWith("HTTP/1.1 200");
        }
        assertThat(raw("/table", "Host: a@localhost")).startsWith("HTTP/1.1 400");
        assertThat(raw("http://evil.example/table", "Host: localhost")).startsWith("HTTP/1.1 403");
        assertThat(raw("/table", "Host: localhost\r\nHost: localhost")).startsWith("HTTP/1.1 400");
        assertThat(raw("/table", "X-No: host")).startsWith("HTTP/1.1 400");
    }

    private String raw(String target, String headers) throws Exception {
        return RawHttp.get(admin.port(), target, headers);
    }
}
