package io.laneway.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.cli.demo.Demo;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.testkit.FreePort;
import io.laneway.testkit.Programs;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboards and rules in a real Prometheus that scrapes the demo under load: no panel is empty, no rule fails. */
class DashboardsIT {

    /** The demo has neither TLS nor message lanes. */
    private static final Set<String> WITHOUT_SERIES = Set.of("Certificates end in");

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final AtomicBoolean running = new AtomicBoolean(true);
    private static Demo demo;
    private static Process prometheus;
    private static Thread traffic;
    private static int port;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        assumeTrue(Programs.has("prometheus"), "skipped: no prometheus on the PATH (Debian: prometheus)");
        demo = Demo.start(0, false, GatewayEnvironment.system("test"));
        call("PUT", demo.control(), "/v1/shifts/default", "{\"environments\":[{\"lane\":\"G0\",\"share\":\"20%\"}]}");
        traffic = new Thread(DashboardsIT::requests, "traffic");
        traffic.start();
        Files.writeString(folder.resolve("rules.yaml"), Monitoring.text("rules.yaml"));
        Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 500ms, evaluation_interval: 1s}
                rule_files: [rules.yaml]
                scrape_configs:
                  - job_name: laneway
                    static_configs: [{targets: ["127.0.0.1:%d", "127.0.0.1:%d"]}]
                """.formatted(demo.admin(), demo.control()));
        port = FreePort.take();
        prometheus = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> call("GET", port, "/-/ready", null).contains("Ready"));
    }

    @AfterAll
    static void stop() throws Exception {
        running.set(false);
        if (traffic != null) {
            traffic.join();
        }
        if (prometheus != null) {
            prometheus.destroyForcibly().waitFor();
        }
        if (demo != null) {
            demo.close();
        }
    }

    /** All of the demo's lanes, one that does not exist, and tenants on both sides of the shift. */
    private static void requests() {
        List<String> lanes = List.of("f-1", "f-2", "master", "nope");
        for (int i = 0; running.get(); i++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + demo.edge() + "/"));
            if (i % 2 == 0) {
                request.header("trace-branch", lanes.get(i / 2 % lanes.size()));
            } else {
                request.header("x-tenant-id", "t-" + i % 101);
            }
            try {
                HTTP.send(request.build(), BodyHandlers.discarding());
            } catch (IOException e) {
                // The demo is closing.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Test
    void noPanelIsEmptyUnderLoad() {
        List<Monitoring.Panel> panels = Stream.of("fleet", "lane", "shift")
                .flatMap(board -> Monitoring.panels(board).stream())
                .filter(panel -> !WITHOUT_SERIES.contains(panel.title()))
                .toList();
        assertThat(panels).hasSizeGreaterThan(30);
        for (Monitoring.Panel panel : panels) {
            for (String query : panel.queries()) {
                await().atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(100))
                        .untilAsserted(() -> assertThat(result(query))
                                .as("%s, %s: %s", panel.board(), panel.title(), query)
                                .isNotEmpty());
            }
        }
    }

    @Test
    void whatHasNoSeriesHereIsUnderstoodAllTheSame() throws Exception {
        for (Monitoring.Panel panel : Monitoring.panels("messages")) {
            for (String query : panel.queries()) {
                assertThat(asked(query).getString("status")).as(query).isEqualTo("success");
            }
        }
    }

    @Test
    void everyRuleIsEvaluated() {
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            JsonObject rules = new JsonObject(call("GET", port, "/api/v1/rules", null)).getJsonObject("data");
            assertThat(rules.getJsonArray("groups").stream()
                            .flatMap(group -> ((JsonObject) group).getJsonArray("rules").stream())
                            .map(rule -> ((JsonObject) rule).getString("health")))
                    .hasSize(Monitoring.rules().size())
                    .containsOnly("ok");
        });
    }

    private static List<?> result(String query) throws Exception {
        JsonObject said = asked(query);
        assertThat(said.getString("status")).as(query).isEqualTo("success");
        return said.getJsonObject("data").getJsonArray("result").getList();
    }

    private static JsonObject asked(String query) throws Exception {
        String asked = query.replace("$__rate_interval", "10s")
                .replace("$service", ".*")
                .replace("$lane", "f-1")
                .replace("$environment", "G0")
                .replace("$base", "master");
        return new JsonObject(
                call("GET", port, "/api/v1/query?query=" + URLEncoder.encode(asked, StandardCharsets.UTF_8), null));
    }

    private static String call(String method, int port, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, BodyHandlers.ofString()).body();
    }
}
