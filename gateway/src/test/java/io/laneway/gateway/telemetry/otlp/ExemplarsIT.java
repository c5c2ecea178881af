package io.laneway.gateway.telemetry.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.gateway.testkit.Upstream;
import io.laneway.testkit.FreePort;
import io.laneway.testkit.Programs;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exemplars of durations lead from metrics to traces. */
class ExemplarsIT {

    private static final String OPEN_METRICS = "Accept: application/openmetrics-text; version=1.0.0\n";
    private static final Pattern EXEMPLAR = Pattern.compile(
            "laneway_request_duration_seconds_bucket\\{.*} \\d+ # \\{span_id=\"([0-9a-f]{16})\",trace_id=\"([0-9a-f]{32})\"} .*");

    @TempDir
    Path dir;

    private final OtlpReceiver receiver = OtlpReceiver.http();
    private final Upstream plain = Upstream.saying("fine");
    private TracedGateway gateway;

    @BeforeEach
    void start() {
        String table = "services: [{name: a, hosts: [a.test], deployments: [{lane: master, endpoints: [\"127.0.0.1:"
                + plain.port() + "\"]}]}]";
        gateway = new TracedGateway(
                dir, table, "{otlp: \"" + receiver.url() + "\", sampler: {ratio: 0%, reasons: [base]}}", Map.of());
    }

    @AfterEach
    void stop() {
        gateway.close();
        receiver.close();
        plain.close();
    }

    private List<Matcher> exemplars() {
        return gateway.admin("/metrics", OPEN_METRICS)
                .lines()
                .map(EXEMPLAR::matcher)
                .filter(Matcher::matches)
                .toList();
    }

    private static long series(String metrics) {
        return metrics.lines().filter(line -> !line.startsWith("#")).count();
    }

    @Test
    void aDurationHasTheTraceOfTheLastSampledRequestOfItsBucket() {
        gateway.get("a.test", "/", "trace-branch: master\n");
        String before = gateway.admin("/metrics", OPEN_METRICS);
        assertThat(before).doesNotContain("trace_id");
        gateway.get("a.test", "/", "");
        var server = Spans.server(receiver.await(2));
        assertThat(exemplars())
                .extracting(found -> found.group(2), found -> found.group(1))
                .containsOnly(tuple(Spans.hex(server.getTraceId()), Spans.hex(server.getSpanId())));
        String plainText = gateway.admin("/metrics", "");
        assertThat(plainText).doesNotContain("trace_id").contains("laneway_request_duration_seconds_bucket");
        assertThat(series(gateway.admin("/metrics", OPEN_METRICS)) - series(before))
                .as("no series of their own")
                .isLessThan(30);
    }

    /** With what Debian has as prometheus. */
    @Test
    void prometheusTakesThem() throws Exception {
        assumeTrue(Programs.has("prometheus"), "skipped: no prometheus on the PATH");
        gateway.get("a.test", "/", "");
        String trace = Spans.hex(Spans.server(receiver.await(2)).getTraceId());
        int port = FreePort.take();
        Files.writeString(dir.resolve("prometheus.yml"), """
                global: {scrape_interval: 200ms}
                scrape_configs: [{job_name: laneway, static_configs: [{targets: ["127.0.0.1:%d"]}]}]
                """.formatted(gateway.adminPort()));
        Process prometheus = new ProcessBuilder(
                        "prometheus",
                        "--enable-feature=exemplar-storage",
                        "--config.file=" + dir.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + dir.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("log").toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(asked(port)).contains("\"trace_id\":\"" + trace + "\""));
            assertThat(new JsonObject(asked(port)).getString("status")).isEqualTo("success");
        } finally {
            prometheus.destroyForcibly().waitFor();
        }
    }

    private static String asked(int port) throws IOException, InterruptedException {
        Instant now = Instant.now();
        URI uri = URI.create("http://127.0.0.1:" + port
                + "/api/v1/query_exemplars?query=laneway_request_duration_seconds_bucket&start="
                + now.minusSeconds(600).getEpochSecond() + "&end="
                + now.plusSeconds(60).getEpochSecond());
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}
