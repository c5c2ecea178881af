package io.laneway.gateway.telemetry.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.testkit.Crowd;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finished requests as they come, at the admin interface. */
class TailIT {

    @TempDir
    Path dir;

    private final Upstream upstream = Upstream.tireless("fine");
    private ObservedGateway gateway;

    @BeforeEach
    void start() {
        gateway = new ObservedGateway(dir, """
            revision: 3
            lanes: [{name: f-1}]
            services:
              - name: a
                hosts: [a.test]
                deployments:
                  - {lane: master, protocol: http1, endpoints: ["127.0.0.1:%1$d"]}
                  - {lane: f-1, protocol: http1, endpoints: ["127.0.0.1:%1$d"]}
            """.formatted(upstream.port()), "");
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
        TestGateway.noneLost();
    }

    /** Opens a tail; its head has come. */
    private RawClient tail(String query) throws IOException {
        RawClient client = RawClient.to(gateway.admin());
        client.send("GET /tail" + query + " HTTP/1.1\nHost: localhost\n\n");
        assertThat(client.line()).isEqualTo("HTTP/1.1 200 OK");
        for (String line = client.line(); !line.isEmpty(); line = client.line()) {
            assertThat(line).isNotNull();
        }
        return client;
    }

    /** The next line of a tail, out of its chunks. */
    private static JsonObject next(RawClient tail) throws IOException {
        String line = tail.line();
        while (line == null || !line.startsWith("{")) {
            assertThat(line).as("the tail ended").isNotNull();
            line = tail.line();
        }
        return new JsonObject(line);
    }

    private static String get(String host, String path, String more) {
        return "GET " + path + " HTTP/1.1\nHost: " + host + "\n" + more + "\n";
    }

    private static boolean listens() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("laneway-tap"));
    }

    @Test
    void handsOverWhatTheAccessLogHas() throws Exception {
        try (RawClient tail = tail("");
                RawClient client = gateway.client()) {
            client.send(get("a.test", "/one", "trace-branch: f-1\n")).response();
            client.send(get("none.test", "/two", "")).response();
            JsonObject one = next(tail);
            JsonObject two = next(tail);
            await().untilAsserted(() -> assertThat(gateway.log()).hasSize(2));
            assertThat(gateway.log()).containsExactly(one, two);
        }
    }

    @Test
    void handsOverWhatItsFilterLetsPass() throws Exception {
        try (RawClient lane = tail("?lane=F-1&status=2xx");
                RawClient refused = tail("?decision=no_route,lane_unknown&status=404");
                RawClient client = gateway.client()) {
            client.send(get("a.test", "/base", "")).response();
            client.send(get("a.test", "/unknown", "trace-branch: x\n")).response();
            client.send(get("a.test", "/asked", "trace-branch: f-1\n")).response();
            client.send(get("none.test", "/none", "")).response();
            assertThat(next(lane).getString("path")).isEqualTo("/asked");
            assertThat(next(refused).getString("path")).isEqualTo("/none");
        }
    }

    @Test
    void namesWhatItKnowsWhenAskedForSomethingElse() {
        assertThat(gateway.ask("/tail?lanes=f-1").status()).isEqualTo(400);
        assertThat(gateway.ask("/tail?lanes=f-1").body())
                .contains("lanes: unknown", "lane, service, tenant, decision, status, share");
        assertThat(gateway.ask("/tail?status=6xx").body()).contains("status: '6xx'", "5xx");
        assertThat(gateway.ask("/tail?decision=luck").body()).contains("decision: 'luck'", "fallback_absent");
        assertThat(gateway.ask("/tail?share=101%25").status()).isEqualTo(400);
        assertThat(gateway.ask("/tail?lane=a&lane=b").body()).contains("lane: given 2 times");
    }

    @Test
    void endsWithinASecondAfterItsReader() throws Exception {
        RawClient tail = tail("");
        await().until(() -> listens());
        tail.close();
        await().atMost(Crowd.allows(Duration.ofSeconds(1))).until(() -> !listens());
    }

    @Test
    void aReaderThatStandsStillHoldsNoRequestUpAndIsToldWhatItMissed() throws Exception {
        try (RawClient stalled = tail("");
                RawClient client = gateway.client()) {
            stalled.socket().setSoTimeout(20_000);
            String path = "/" + "x".repeat(1900);
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                for (int i = 0; i < 1000; i++) {
                    assertThat(client.send(get("a.test", path, "")).response().status())
                            .isEqualTo(200);
                }
                return metric("laneway_tap_dropped_total{listener=\"tail\"}") > 0;
            });
            JsonObject line = next(stalled);
            while (!line.containsKey("dropped")) {
                line = next(stalled);
            }
            assertThat(line.getLong("dropped")).isPositive();
        }
        await().atMost(Crowd.allows(Duration.ofSeconds(1))).until(() -> !listens());
    }

    private double metric(String series) {
        return gateway.ask("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(-1);
    }
}
