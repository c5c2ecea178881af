package io.laneway.gateway.protocol.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.resilience.Policies;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.Polyglot;
import io.laneway.gateway.testkit.Polyglot.Kind;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.TestTls;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.gateway.testkit.WebSocket;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.policy.Health;
import io.laneway.router.policy.Policy;
import io.laneway.router.policy.Retries;
import io.laneway.router.policy.Timeouts;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Protocol {@code auto}, and what becomes of requests to endpoints that speak something else than they go by. */
class AutoIT {

    private static final TestTls TLS = TestTls.make();
    private static final String LANE = "trace-branch: f-1\n";
    private static final String CALL = "content-type: application/grpc\nte: trailers\n";

    /** A handshake may take long on a busy machine. */
    private static final Timeouts PATIENT =
            new Timeouts(Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofMinutes(5));

    private static final String PING = "\0\0\0\0\2ok";

    private static Tables table(Kind kind, int port) {
        Tables tables = new Tables().policy(Policies.with(PATIENT)).service("a", "master", port);
        return kind.secure()
                ? tables.tls(new UpstreamTls(TLS.file("ca.pem").toString(), "a.test", null, null, true))
                : tables;
    }

    private static Polyglot endpoint(Kind kind) {
        return Polyglot.speaking(kind, "it", TLS);
    }

    private static FrameSocket.Response call(FrameSocket client, int stream, String fields) {
        client.headers(stream, false, FrameSocket.POST + CALL + fields);
        client.data(stream, true, PING);
        return client.response(stream);
    }

    @ParameterizedTest
    @EnumSource
    void aPlainRequestIsServedWhateverClientAndEndpointSpeak(Kind kind) {
        try (Polyglot endpoint = endpoint(kind);
                TestGateway gateway =
                        TestGateway.over(table(kind, endpoint.port()).build());
                RawClient http1 = gateway.client();
                FrameSocket http2 = FrameSocket.client(gateway.port())) {
            String expected = kind.speaksHttp1() ? "it HTTP/1.1" : "it HTTP/2";
            assertThat(http2.get(1, "/", "").body()).isEqualTo(expected);
            assertThat(http1.get("/").body()).isEqualTo(expected);
            assertThat(http2.get(3, "/", "").body()).isEqualTo(expected);
            assertThat(gateway.observed())
                    .allSatisfy(each -> assertThat(each.flag()).isEqualTo("-"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "H2C_SILENT", mode = EnumSource.Mode.EXCLUDE)
    void theFirstRequestMayHaveABodyAndNeedsNoRetry(Kind kind) {
        Retries none = new Retries(0, Set.of(), Retries.Methods.IDEMPOTENT, 20, null, false);
        try (Polyglot endpoint = endpoint(kind);
                TestGateway gateway = TestGateway.over(table(kind, endpoint.port())
                        .policy(Policies.with(none, PATIENT))
                        .build());
                RawClient client = gateway.client()) {
            RawClient.Response response = client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: 5\n\nhello")
                    .response();
            assertThat(response.body()).startsWith("it HTTP/");
            assertThat(gateway.observed().get(0).retries()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallOfGrpcGoesByHttp2OrIsToldWhyNot(Kind kind) {
        try (Polyglot endpoint = endpoint(kind);
                TestGateway gateway =
                        TestGateway.over(table(kind, endpoint.port()).build());
                FrameSocket client = FrameSocket.client(gateway.port())) {
            assertThat(client.get(1, "/", "").status()).isEqualTo(200);
            FrameSocket.Response response = call(client, 3, "");
            if (kind.speaksHttp2()) {
                assertThat(response.body()).isEqualTo(PING);
                assertThat(response.trailer("grpc-status")).isEqualTo("0");
            } else {
                assertThat(response.field("grpc-status")).isEqualTo("14");
                assertThat(response.field("grpc-message")).startsWith("upstream does not");
                await().untilAsserted(() -> assertThat(gateway.observed()).hasSize(2));
                assertThat(gateway.observed().get(1).flag()).isEqualTo("UPE");
                assertThat(gateway.observed().get(1).retries()).isZero();
            }
            assertThat(client.get(5, "/", "").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP1_ONLY", "TLS_WITHOUT_ALPN", "TLS_HTTP1"})
    void callsThatAnEndpointCannotServeTakeNobodysLane(Kind kind) {
        try (Polyglot base = endpoint(kind);
                Polyglot lane = Polyglot.speaking(kind, "lane", TLS);
                TestGateway gateway = TestGateway.over(table(kind, base.port())
                        .lane("f-1")
                        .service("a", "f-1", lane.port())
                        .build());
                FrameSocket grpc = FrameSocket.client(gateway.port());
                RawClient client = gateway.client()) {
            for (int i = 0; i < 30; i++) {
                FrameSocket.Response response = call(grpc, 2 * i + 1, LANE);
                assertThat(response.field("grpc-status")).isEqualTo("14");
                assertThat(response.field("x-laneway-decision")).isEqualTo("lane");
                assertThat(client.get("/", LANE).body()).isEqualTo("lane HTTP/1.1");
            }
        }
    }

    @Test
    void aDeploymentSaidToSpeakHttp2WhoseEndpointDoesNotIsABadGatewayAndStaysUsable() {
        try (Polyglot base = endpoint(Kind.HTTP1_ONLY);
                Polyglot lane = Polyglot.speaking(Kind.HTTP1_ONLY, "lane", TLS);
                TestGateway gateway = TestGateway.over(new Tables()
                        .protocol(Protocol.H2C)
                        .lane("f-1")
                        .service("a", "master", base.port())
                        .service("a", "f-1", lane.port())
                        .build());
                RawClient client = gateway.client()) {
            for (int i = 0; i < 10; i++) {
                RawClient.Response response = client.get("/", LANE);
                assertThat(response.status()).isEqualTo(502);
                assertThat(response.header("x-laneway-decision")).isEqualTo("lane");
                assertThat(response.body()).contains("upstream does not speak HTTP/2");
            }
        }
    }

    @Test
    void aDeploymentSaidToSpeakHttp1WhoseEndpointDoesNotIsABadGatewayAndStaysUsable() {
        try (Polyglot lane = Polyglot.speaking(Kind.H2C_ONLY, "lane", TLS);
                TestGateway gateway = TestGateway.over(new Tables()
                        .protocol(Protocol.HTTP1)
                        .lane("f-1")
                        .service("a", "master", lane.port())
                        .service("a", "f-1", lane.port())
                        .build());
                RawClient client = gateway.client()) {
            for (int i = 0; i < 10; i++) {
                RawClient.Response response = client.get("/", LANE);
                assertThat(response.status()).isEqualTo(502);
                assertThat(response.header("x-laneway-decision")).isEqualTo("lane");
                assertThat(response.body()).contains("upstream speaks HTTP/2, not HTTP/1.1");
            }
        }
    }

    @Test
    void anEndpointThatIsReplacedByOneThatSpeaksAnotherProtocolIsLearntAgain() {
        // An address at which no outgoing connection takes the port meanwhile.
        Polyglot first = Polyglot.at(Kind.H2C_ONLY, "it", new InetSocketAddress("127.0.0.3", 0), TLS);
        InetSocketAddress at = new InetSocketAddress("127.0.0.3", first.port());
        Endpoint endpoint = Endpoint.at("127.0.0.3:" + first.port());
        try (TestGateway gateway = TestGateway.over(
                        new Tables().service("a", "master", endpoint).build());
                RawClient client = gateway.client()) {
            Polyglot now = first;
            for (Kind next : new Kind[] {Kind.HTTP1_ONLY, Kind.H2C_ONLY, Kind.HTTP1_ONLY, Kind.H2C_SILENT, Kind.BOTH}) {
                assertThat(client.get("/").body()).startsWith("it HTTP/");
                now.close();
                now = Polyglot.at(next, "it", at, TLS);
            }
            assertThat(client.get("/").body()).startsWith("it HTTP/");
            now.close();
        }
    }

    @Test
    void anEndpointThatDoesNotAnswerThePrefaceIsSilentForTheTimeOfConnectingAlone() {
        Timeouts hasty = new Timeouts(Duration.ofMillis(200), Duration.ofMinutes(1), Duration.ofMinutes(5));
        try (Upstream silent =
                        Upstream.scripted(conversation -> conversation.in().readAllBytes());
                TestGateway gateway = TestGateway.over(new Tables()
                        .policy(Policies.with(hasty))
                        .service("a", "master", silent.port())
                        .build());
                FrameSocket client = FrameSocket.client(gateway.port())) {
            FrameSocket.Response response = call(client, 1, "");
            assertThat(response.field("grpc-status")).isEqualTo("14");
            assertThat(response.field("grpc-message")).contains("did not answer the preface in time");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP1_ONLY", "H2C_ONLY", "BOTH", "TLS_WITHOUT_ALPN", "TLS_H2", "TLS_BOTH"})
    void webSocketsPassFromEitherVersionToAnyEndpoint(Kind kind) {
        try (Polyglot endpoint = endpoint(kind);
                TestGateway gateway =
                        TestGateway.over(table(kind, endpoint.port()).build())) {
            try (WebSocket http2 = WebSocket.overHttp2(FrameSocket.client(gateway.port()))) {
                http2.send("hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                assertThat(http2.raw(5)).isEqualTo("hello");
            }
            try (WebSocket http1 = WebSocket.overHttp1(gateway.port())) {
                http1.send("hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                assertThat(http1.raw(5)).isEqualTo("hello");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void healthChecksSpeakWhatTheEndpointSpeaks(Kind kind) {
        Policy checked = Policies.with(
                new Health(Health.Kind.HTTP, "/", Duration.ofMillis(50), Duration.ofSeconds(20), 1, 1), PATIENT);
        try (Polyglot endpoint = endpoint(kind);
                TestGateway gateway = TestGateway.over(table(kind, endpoint.port())
                        .policy(checked)
                        .lane("f-1")
                        .service("a", "f-1", endpoint.port())
                        .build());
                RawClient client = gateway.client()) {
            await().until(() -> endpoint.http1() + endpoint.http2() >= 6);
            assertThat(client.get("/", LANE).header("x-laneway-decision")).isEqualTo("lane");
        }
    }
}
