package io.laneway.gateway.telemetry.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.laneway.gateway.testkit.DeadPort;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.TestTls;
import io.laneway.gateway.testkit.Upstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receiver that is away, or takes nothing: spans are dropped and counted, requests are as ever, the process stops. */
class SpanExportIT {

    private static final String DROPPED = "laneway_tap_dropped_total{listener=\"spans\"}";
    private static final int REQUESTS = 3000;

    /** Spans that wait at most, as far as the events loops and the queue hold them: two loops, an attempt a request. */
    private static final int HELD = 2 * 2 * 256 + 100 + 2 + 50;

    @TempDir
    Path dir;

    private final Upstream plain = Upstream.tireless("fine");

    @AfterEach
    void stop() {
        plain.close();
    }

    private TracedGateway gateway(String url, String more, Map<String, String> variables) {
        String table = "services: [{name: a, hosts: [a.test], deployments: [{lane: master, endpoints: [\"127.0.0.1:"
                + plain.port() + "\"]}]}]";
        return new TracedGateway(dir, table, "{otlp: \"" + url + "\"" + more + "}", variables);
    }

    private static void ask(TracedGateway gateway, int times) {
        try (RawClient client = RawClient.to(gateway.edge())) {
            for (int i = 0; i < times; i++) {
                assertThat(client.get("/").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aReceiverThatIsAwayCostsTheSpansAlone() {
        try (DeadPort dead = DeadPort.hold()) {
            TracedGateway gateway =
                    gateway("http://127.0.0.1:" + dead.number(), "", Map.of("OTEL_EXPORTER_OTLP_TIMEOUT", "50"));
            ask(gateway, 10);
            await().untilAsserted(() -> assertThat(gateway.metric(DROPPED)).isEqualTo(20));
            ask(gateway, 5);
            assertTimeout(Duration.ofSeconds(10), gateway::close);
        }
    }

    @Test
    void aReceiverThatTakesNothingCostsTheSpansAlone() {
        CountDownLatch over = new CountDownLatch(1);
        Upstream stuck = Upstream.scripted(conversation -> {
            conversation.head();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        TracedGateway gateway = gateway(
                "http://127.0.0.1:" + stuck.port(),
                "",
                Map.of("OTEL_BSP_MAX_QUEUE_SIZE", "100", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "50"));
        ask(gateway, REQUESTS);
        await().untilAsserted(() -> assertThat(gateway.metric(DROPPED)).isGreaterThanOrEqualTo(2 * REQUESTS - HELD));
        assertThat(gateway.metric("laneway_spans_exported_total")).isZero();
        assertTimeout(Duration.ofSeconds(10), gateway::close);
        over.countDown();
        stuck.close();
    }

    @Test
    void sendsByGrpcWithHeadersAndCompressed() {
        try (OtlpReceiver receiver = OtlpReceiver.grpc();
                TracedGateway gateway = gateway(
                        receiver.url(),
                        ", protocol: grpc",
                        Map.of("OTEL_EXPORTER_OTLP_HEADERS", "api-key=k", "OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"))) {
            ask(gateway, 5);
            assertThat(Spans.attributes(Spans.server(receiver.await(10)))).containsEntry("laneway.service", "a");
            assertThat(receiver.headers()).contains("application/grpc k");
            await().untilAsserted(() ->
                    assertThat(gateway.metric("laneway_spans_exported_total")).isEqualTo(10));
        }
    }

    @Test
    void aReceiverByGrpcThatIsAwayIsTriedAgain() {
        try (DeadPort port = DeadPort.hold();
                TracedGateway gateway = gateway("http://127.0.0.1:" + port.number(), ", protocol: grpc", Map.of())) {
            ask(gateway, 1);
            port.free();
            try (OtlpReceiver receiver = OtlpReceiver.grpc(port.number())) {
                assertThat(receiver.await(2)).hasSize(2);
            }
        }
    }

    @Test
    void aReceiverByGrpcThatTakesNothingCostsTheSpansAlone() {
        try (Upstream stuck =
                Upstream.scripted(conversation -> conversation.in().readAllBytes())) {
            TracedGateway gateway = gateway(
                    "http://127.0.0.1:" + stuck.port(),
                    ", protocol: grpc",
                    Map.of("OTEL_EXPORTER_OTLP_TIMEOUT", "100"));
            ask(gateway, 5);
            await().untilAsserted(() -> assertThat(gateway.metric(DROPPED)).isEqualTo(10));
            ask(gateway, 5);
            assertTimeout(Duration.ofSeconds(10), gateway::close);
        }
    }

    /** The head of a response, and then nothing: its request's time is over for the HTTP client, and it waits on. */
    @Test
    void aReceiverThatNeverEndsItsResponseHoldsOneBatch() {
        try (Upstream stuck = Upstream.scripted(conversation -> {
            conversation.send("HTTP/1.1 200 OK\nContent-Length: 10\n\n");
            conversation.in().readAllBytes();
        })) {
            TracedGateway gateway = gateway(
                    "http://127.0.0.1:" + stuck.port(),
                    "",
                    Map.of(
                            "OTEL_BSP_EXPORT_TIMEOUT",
                            "100",
                            "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
                            "2",
                            "OTEL_BSP_MAX_QUEUE_SIZE",
                            "4"));
            ask(gateway, 1);
            await().untilAsserted(() -> assertThat(gateway.metric(DROPPED)).isEqualTo(2));
            ask(gateway, REQUESTS);
            await().untilAsserted(() -> assertThat(gateway.metric(DROPPED)).isGreaterThan(REQUESTS));
            assertThat(stuck.connections()).isEqualTo(1);
            assertTimeout(Duration.ofSeconds(10), gateway::close);
        }
    }

    @Test
    void sendsOverTlsAndShowsItsCertificate() {
        TestTls tls = TestTls.make();
        Map<String, String> files = Map.of(
                "OTEL_EXPORTER_OTLP_CERTIFICATE", tls.file("ca.pem").toString(),
                "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", tls.file("client.pem").toString(),
                "OTEL_EXPORTER_OTLP_CLIENT_KEY", tls.file("client.key").toString());
        try (OtlpReceiver receiver = OtlpReceiver.grpc(tls);
                TracedGateway gateway = gateway(receiver.url(), ", protocol: grpc", files)) {
            ask(gateway, 1);
            assertThat(receiver.await(2)).hasSize(2);
        }
        try (Upstream receiver = Upstream.saying(tls.listen(tls), "");
                TracedGateway gateway = gateway("https://localhost:" + receiver.port(), "", files)) {
            ask(gateway, 1);
            await().untilAsserted(() ->
                    assertThat(gateway.metric("laneway_spans_exported_total")).isEqualTo(2));
            assertThat(receiver.requests().get(0).startLine()).isEqualTo("POST /v1/traces HTTP/1.1");
        }
    }

    @Test
    void whatWaitsIsSentWhenTheGatewayStops() {
        try (OtlpReceiver receiver = OtlpReceiver.http()) {
            TracedGateway gateway = gateway(
                    receiver.url(),
                    "",
                    Map.of("OTEL_BSP_SCHEDULE_DELAY", "600000", "OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"));
            ask(gateway, 3);
            gateway.close();
            assertThat(receiver.spans()).hasSize(6);
        }
    }
}
