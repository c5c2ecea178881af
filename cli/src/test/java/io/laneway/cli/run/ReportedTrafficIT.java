package io.laneway.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.laneway.cli.remote.ControlClient;
import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import io.laneway.control.lane.LaneLifeConfig;
import io.laneway.gateway.Gateway;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real gateway reports of real traffic decides over plans and over the life of lanes. */
class ReportedTrafficIT {

    private static final int TENANTS = 200;
    private static final Duration LONG = Duration.ofSeconds(90);

    private static final String TABLE = """
        lanes: [{name: G0}, {name: G1}, {name: used, ttl: 12s}, {name: idle, ttl: 12s}]
        services:
          - name: busy
            hosts: [busy.example.com]
            shift: busy
            deployments: [{lane: master, endpoints: ["GOOD"]}, {lane: G0, endpoints: ["BAD"]}]
          - name: quiet
            hosts: [quiet.example.com]
            shift: quiet
            deployments: [{lane: master, endpoints: ["GOOD"]}, {lane: G1, endpoints: ["GOOD"]}]
        shifts:
          - {name: busy, tenant: [{header: x-tenant-id}], environments: [{lane: G0, share: "0%"}]}
          - {name: quiet, tenant: [{header: x-tenant-id}], environments: [{lane: G1, share: "0%"}]}
        """;

    private static final String GATEWAY = """
        listeners:
          - {name: busy, address: "127.0.0.1:0", trust: external, service: busy}
          - {name: quiet, address: "127.0.0.1:0", trust: external, service: quiet}
        admin: {address: "127.0.0.1:0"}
        table: {control: "CONTROL"}
        """;

    @TempDir
    static Path directory;

    private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static ControlClient control;
    private static Gateway gateway;

    @BeforeAll
    static void start() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        String good = upstream(() -> 200);
        String bad = upstream(() -> asked.incrementAndGet() % 20 == 0 ? 500 : 200);
        LaneLifeConfig often = new LaneLifeConfig(
                Duration.ofDays(6),
                Duration.ofDays(7),
                Duration.ofDays(7),
                true,
                Duration.ofMillis(200),
                null,
                List.of());
        ControlApi api = opened(ControlApi.start(ControlConfig.in(directory, 0).with(often)));
        control = new ControlClient(URI.create(api.url()), null);
        control.call("PUT", "/v1/table", TABLE.replace("GOOD", good).replace("BAD", bad), null);
        byte[] config = GATEWAY.replace("CONTROL", api.url()).getBytes(StandardCharsets.UTF_8);
        gateway = opened(Gateway.start(
                ConfigReader.read(config, directory.resolve("laneway.yaml"), Map.of())
                        .orThrow(),
                GatewayEnvironment.system("test")));
        await().atMost(LONG).until(() -> get("busy", "t", "").statusCode() == 200);
        control.call("PUT", "/v1/shifts/busy/plan", plan("G0"), null);
        control.call("PUT", "/v1/shifts/quiet/plan", plan("G1"), null);
        drive();
    }

    @AfterAll
    static void stop() throws Exception {
        while (!OPEN.isEmpty()) {
            OPEN.pop().close();
        }
    }

    private static String plan(String lane) {
        return "{\"lane\": \"" + lane + "\", \"steps\": [{\"share\": \"50%\", \"pause\": \"1s\"}, \"100%\"],"
                + " \"guard\": {\"window\": \"30s\", \"minSamples\": 200, \"errorRate\": \"1%\"}}";
    }

    /** Calls as many tenants would, and now and then as a tester of a lane. */
    private static void drive() {
        ScheduledExecutorService driver = Executors.newSingleThreadScheduledExecutor();
        OPEN.push(driver::shutdownNow);
        AtomicInteger number = new AtomicInteger();
        driver.scheduleWithFixedDelay(
                () -> {
                    int n = number.incrementAndGet();
                    get("busy", "t-" + n % TENANTS, n % 50 == 0 ? "used" : "");
                    if (n % 40 == 0) {
                        get("quiet", "t-" + n, "");
                    }
                },
                0,
                4,
                TimeUnit.MILLISECONDS);
    }

    private static HttpResponse<String> get(String service, String tenant, String lane) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.port(service) + "/?trace-branch=" + lane))
                .header("x-tenant-id", tenant)
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String upstream(java.util.function.IntSupplier status) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status.getAsInt(), -1);
            exchange.close();
        });
        server.start();
        OPEN.push(() -> server.stop(0));
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private static <T extends AutoCloseable> T opened(T resource) {
        OPEN.push(resource);
        return resource;
    }

    private static JsonObject json(String path) {
        return (JsonObject) control.get(path);
    }

    private static String state(String lane) {
        return json("/v1/lanes/" + lane).getString("state", "active");
    }

    @Test
    void aGrayEnvironmentThatAnswersErrorsIsAbortedAndNoTenantStaysBehind() {
        await().atMost(LONG)
                .until(() -> json("/v1/shifts/busy/plan").getString("status").equals("aborted"));
        String history = json("/v1/revisions?limit=20").encode();
        assertThat(history).contains("guard: busy has ").contains("% errors");
        await().atMost(LONG).untilAsserted(() -> {
            for (int i = 0; i < TENANTS; i++) {
                assertThat(get("busy", "t-" + i, "").headers().firstValue("x-laneway-lane"))
                        .hasValue("master");
            }
        });
    }

    @Test
    void anEnvironmentWithTooFewRequestsHoldsItsPlan() {
        await().atMost(LONG)
                .until(() -> json("/v1/shifts/quiet/plan")
                        .getString("why")
                        .matches("quiet: too few requests: [1-9]\\d* .*"));
        assertThat(json("/v1/shifts/quiet/plan").getInteger("step")).isZero();
    }

    @Test
    void aPreviewNamesTenantsThatGatewaysSaw() {
        await().atMost(LONG).untilAsserted(() -> {
            JsonObject preview = (JsonObject) control.call(
                    "POST",
                    "/v1/shifts/quiet/preview",
                    "{\"environments\":[{\"lane\":\"G1\",\"share\":\"100%\"}]}",
                    null);
            assertThat(preview.getJsonArray("tenants")).isNotEmpty();
            assertThat(preview.getJsonArray("tenants").getJsonObject(0).getString("tenant"))
                    .startsWith("t-");
        });
    }

    @Test
    void trafficThroughAGatewayKeepsALaneAndIdlenessEndsTheOther() {
        await().atMost(LONG).until(() -> state("idle").equals("expired"));
        assertThat(state("used")).isEqualTo("active");
    }
}
