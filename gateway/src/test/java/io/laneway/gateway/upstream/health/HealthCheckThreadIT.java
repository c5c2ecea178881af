package io.laneway.gateway.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.protocol.tls.UpstreamTlsContexts;
import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.testkit.DeadPort;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.TestTls;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.policy.Health;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthCheckThreadIT {

    private final UpstreamTlsContexts contexts = new UpstreamTlsContexts();
    private final HealthCheckThread watch = new HealthCheckThread(
            host -> host.equals("127.0.0.1")
                    ? CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress()))
                    : host.equals("silent")
                            ? new CompletableFuture<>()
                            : host.equals("several")
                                    ? several()
                                    : CompletableFuture.failedFuture(new IOException("no such host")),
            (tls, http2) -> contexts.context(tls, http2, Runnable::run));

    private static InetAddress loopback(int last) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    private static CompletableFuture<List<InetAddress>> several() {
        try {
            return CompletableFuture.completedFuture(List.of(loopback(2), loopback(1)));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Test
    void asksAtTheNextAddressOfANameIfOneTakesNoConnection() {
        try (Upstream upstream = Upstream.saying("ok")) {
            assertThat(ask(Health.Kind.HTTP, "several", upstream.port(), "/", 10_000))
                    .isTrue();
            assertThat(ask(Health.Kind.TCP, "several", upstream.port(), "", 10_000))
                    .isTrue();
        }
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private boolean ask(Health.Kind kind, String host, int port, String path, int millis) {
        return ask(new HealthCheck(kind, host, port, path, Duration.ofMillis(millis), HealthCheck.Transport.PLAIN));
    }

    private boolean ask(HealthCheck check) {
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        watch.check(check, told::complete);
        return told.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Test
    void findsAnEndpointWellThatAnswersItsPathWith2xxOr3xx() {
        try (Upstream upstream = Upstream.responding(request -> {
            String status = request.startLine().contains("/moved") ? "302 Found" : "200 OK";
            return "HTTP/1.1 " + (request.startLine().contains("/ill") ? "503 No" : status) + "\nContent-Length: 0\n\n";
        })) {
            assertThat(ask(Health.Kind.HTTP, "127.0.0.1", upstream.port(), "/ok", 10_000))
                    .isTrue();
            assertThat(ask(Health.Kind.HTTP, "127.0.0.1", upstream.port(), "/moved", 10_000))
                    .isTrue();
            assertThat(ask(Health.Kind.HTTP, "127.0.0.1", upstream.port(), "/ill", 10_000))
                    .isFalse();
            assertThat(upstream.requests().get(0).header("user-agent")).isEqualTo("laneway-health");
        }
    }

    @Test
    void findsAnEndpointIllThatDoesNotAnswerInTime() {
        try (Upstream silent =
                Upstream.scripted(conversation -> conversation.in().read(new byte[9999]))) {
            try (Upstream hung = Upstream.scripted(conversation -> {
                conversation.in().readAllBytes();
            })) {
                assertThat(ask(Health.Kind.HTTP, "127.0.0.1", hung.port(), "/", 150))
                        .isFalse();
                assertThat(ask(Health.Kind.GRPC, "127.0.0.1", hung.port(), "", 150))
                        .isFalse();
                assertThat(ask(Health.Kind.TCP, "127.0.0.1", hung.port(), "", 10_000))
                        .isTrue();
            }
            assertThat(ask(Health.Kind.HTTP, "127.0.0.1", silent.port(), "/", 10_000))
                    .isFalse();
        }
    }

    @Test
    void findsAnEndpointIllThatIsNotThere() {
        try (DeadPort dead = DeadPort.hold()) {
            assertThat(ask(Health.Kind.TCP, "127.0.0.1", dead.number(), "", 10_000))
                    .isFalse();
            assertThat(ask(Health.Kind.TCP, "nowhere", dead.number(), "", 10_000))
                    .isFalse();
        }
    }

    @Test
    void findsAnEndpointIllWhoseNameNobodyResolves() {
        assertThat(ask(Health.Kind.TCP, "silent", 80, "", 150)).isFalse();
    }

    /** A gateway as the endpoint: it speaks all of HTTP/1.1 and HTTP/2, in the clear and over TLS. */
    private static TestGateway endpoint(int port, TestTls tls) {
        return TestGateway.over(Tables.one(Protocol.HTTP1, port), config -> {
            GatewayConfig secured = tls.addListener(config, "secure");
            return TestGateway.with(
                    secured,
                    secured.listeners().stream()
                            .map(HealthCheckThreadIT::ofService)
                            .toList());
        });
    }

    private static ListenerConfig ofService(ListenerConfig c) {
        return new ListenerConfig(
                c.name(),
                c.address(),
                c.trust(),
                true,
                null,
                "a",
                c.unknownHost(),
                c.tls(),
                c.proxyProtocol(),
                c.trustedHops(),
                c.paths());
    }

    @Test
    void asksInTheProtocolOfTheDeployment() {
        TestTls tls = TestTls.make();
        UpstreamTls trusted = new UpstreamTls(tls.file("ca.pem").toString(), "localhost", null, null, true);
        UpstreamTls strange = new UpstreamTls(null, "localhost", null, null, true);
        try (Upstream upstream = Upstream.responding(request -> "HTTP/1.1 "
                        + (request.startLine().contains("/ill") ? "503 No" : "200 OK") + "\nContent-Length: 0\n\n");
                TestGateway endpoint = endpoint(upstream.port(), tls)) {
            for (boolean http2 : new boolean[] {false, true}) {
                for (UpstreamTls way : new UpstreamTls[] {null, trusted}) {
                    int port = endpoint.port(way == null ? "edge" : "secure");
                    HealthCheck.Transport by = new HealthCheck.Transport(http2, way);
                    assertThat(ask(http("/ok", port, by))).as("ok by %s", by).isTrue();
                    assertThat(ask(http("/ill", port, by))).as("ill by %s", by).isFalse();
                }
                assertThat(ask(http("/ok", endpoint.port("secure"), new HealthCheck.Transport(http2, strange))))
                        .as("a certificate that is not trusted")
                        .isFalse();
            }
        }
    }

    private static HealthCheck http(String path, int port, HealthCheck.Transport way) {
        return new HealthCheck(Health.Kind.HTTP, "127.0.0.1", port, path, Duration.ofSeconds(5), way);
    }

    @Test
    void findsAnEndpointWellThatIsServingByTheGrpcHealthProtocol() {
        TestTls tls = TestTls.make();
        UpstreamTls trusted = new UpstreamTls(tls.file("ca.pem").toString(), "localhost", null, null, true);
        String name = "n".repeat(200);
        try (Upstream upstream = Upstream.responding(request -> {
                    int status = request.body().contains("ill") ? 2 : 1;
                    return "HTTP/1.1 200 OK\nContent-Type: application/grpc\nTransfer-Encoding: chunked\n\n"
                            + "7\n\0\0\0\0\2\10" + (char) status + "\n0\ngrpc-status: 0\n\n";
                });
                TestGateway endpoint = endpoint(upstream.port(), tls)) {
            for (UpstreamTls way : new UpstreamTls[] {null, trusted}) {
                int port = endpoint.port(way == null ? "edge" : "secure");
                for (String service : List.of("", "shop.Order", name)) {
                    assertThat(ask(grpc(service, port, way))).as(service).isTrue();
                }
                assertThat(ask(grpc("ill", port, way))).isFalse();
            }
            assertThat(upstream.requests().get(0).startLine()).isEqualTo("POST /grpc.health.v1.Health/Check HTTP/1.1");
            assertThat(upstream.requests().get(0).body()).isEqualTo("\0\0\0\0\0");
            assertThat(upstream.requests().get(1).body()).isEqualTo("\0\0\0\0\14\12\12shop.Order");
            assertThat(upstream.requests().get(2).body()).isEqualTo("\0\0\0\0\u00cb\12\u00c8\1" + name);
        }
    }

    private static HealthCheck grpc(String service, int port, UpstreamTls tls) {
        return new HealthCheck(
                Health.Kind.GRPC,
                "127.0.0.1",
                port,
                service,
                Duration.ofSeconds(5),
                new HealthCheck.Transport(false, tls));
    }
}
