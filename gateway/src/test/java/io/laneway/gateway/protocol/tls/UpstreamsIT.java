package io.laneway.gateway.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.resilience.Policies;
import io.laneway.gateway.runtime.config.TlsConfig.Version;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.TestTls;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.gateway.testkit.WebSocket;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.policy.Policy;
import io.laneway.router.policy.Timeouts;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS with endpoints: verified unless it is switched off, and nothing is sent to one that is not who it should be. */
class UpstreamsIT {

    private static final TestTls TLS = TestTls.make();
    private static final TestTls OTHERS = TestTls.make();

    /** A handshake may take longer than a second where many tests run at once. */
    private static final Policy PATIENT =
            Policies.with(new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofMinutes(5)));

    private static UpstreamTls trusting(TestTls authority, String name) {
        return new UpstreamTls(authority.file("ca.pem").toString(), name, null, null, true);
    }

    private static LaneTable table(Protocol protocol, UpstreamTls tls, int port) {
        return new Tables()
                .protocol(protocol)
                .tls(tls)
                .policy(PATIENT)
                .service("a", "master", port)
                .build();
    }

    private static RawClient.Response get(Upstream upstream, UpstreamTls tls) {
        try (TestGateway gateway = TestGateway.over(table(Protocol.HTTPS, tls, upstream.port()));
                RawClient client = gateway.client()) {
            RawClient.Response response = client.get("/");
            await().untilAsserted(() -> assertThat(gateway.observed()).hasSize(1));
            String flag = gateway.observed().get(0).flag();
            boolean inHandshake = response.body().contains("TLS: ");
            assertThat(flag).isEqualTo(response.status() == 200 ? "-" : inHandshake ? "UF" : "UC");
            return response;
        }
    }

    @Test
    void speaksToAnEndpointThatItTrusts() {
        try (Upstream upstream = Upstream.saying(TLS.listen(null), "secret")) {
            assertThat(get(upstream, trusting(TLS, "a.test")).body()).isEqualTo("secret");
            assertThat(get(upstream, trusting(TLS, null)).body()).isEqualTo("secret");
            assertThat(get(upstream, trusting(TLS, "a.test.")).body()).isEqualTo("secret");
        }
    }

    /** Ways in which an endpoint is not who it should be, and what is said of each. */
    @SuppressWarnings("ImmutableEnumChecker") // a record
    enum Wrong {
        AUTHORITY("its certificate is not trusted", trusting(OTHERS, "a.test")),
        SYSTEM("its certificate is not trusted", UpstreamTls.DEFAULT),
        NAME("its certificate is for another name", trusting(TLS, "b.test"));

        private final String said;
        private final UpstreamTls tls;

        Wrong(String said, UpstreamTls tls) {
            this.said = said;
            this.tls = tls;
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendsNothingToAnEndpointThatIsNotWhoItShouldBe(Wrong wrong) {
        try (Upstream upstream = Upstream.saying(TLS.listen(null), "secret")) {
            RawClient.Response response = get(upstream, wrong.tls);

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.body()).contains("connection failure, transport failure reason: TLS: " + wrong.said);
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void speaksToAnybodyIfVerificationIsOff() {
        try (Upstream upstream = Upstream.saying(TLS.listen(null), "secret")) {
            UpstreamTls any = new UpstreamTls(null, "b.test", null, null, false);
            assertThat(get(upstream, any).body()).isEqualTo("secret");
        }
    }

    @Test
    void saysThatAnEndpointDoesNotSpeakTls() {
        try (Upstream upstream = Upstream.scripted(conversation -> {
            conversation.in().read();
            conversation.send("HTTP/1.1 400 Bad Request\n\n");
        })) {
            assertThat(get(upstream, trusting(TLS, "a.test")).body()).contains("TLS: it does not speak TLS");
        }
    }

    @Test
    void saysThatAFileIsMissingButNotWhichToClients() {
        try (Upstream upstream = Upstream.saying(TLS.listen(null), "secret")) {
            UpstreamTls missing = new UpstreamTls("/nowhere/ca.pem", null, null, null, true);
            assertThat(get(upstream, missing).body())
                    .contains("our own files for it are not usable")
                    .doesNotContain("nowhere");
        }
    }

    /** With TLS 1.3 an endpoint refuses who shows none only after the handshake. */
    @Test
    void showsItsOwnCertificateToWhoAsksForIt() {
        String key = TLS.file("client.key").toString();
        String certificate = TLS.file("client.pem").toString();
        UpstreamTls ours = new UpstreamTls(TLS.file("ca.pem").toString(), "a.test", certificate, key, true);
        try (Upstream upstream = Upstream.saying(TLS.listen(TLS), "secret")) {
            assertThat(get(upstream, ours).body()).isEqualTo("secret");
            RawClient.Response refused = get(upstream, trusting(TLS, "a.test"));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body()).contains("TLS: it ");
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "HTTPS"})
    void saysThatAnEndpointRequiresACertificateOverEitherProtocol(Protocol protocol) {
        String key = TLS.file("client.key").toString();
        String certificate = TLS.file("client.pem").toString();
        UpstreamTls ours = new UpstreamTls(TLS.file("ca.pem").toString(), "a.test", certificate, key, true);
        try (Upstream upstream = Upstream.saying("inner");
                TestGateway inner = TestGateway.over(
                        Tables.one(Protocol.HTTP1, upstream.port()), config -> TLS.addListener(config, "tls", true));
                TestGateway outer = TestGateway.over(table(protocol, trusting(TLS, "a.test"), inner.port("tls")));
                RawClient client = outer.client()) {
            RawClient.Response none = client.get("/");
            assertThat(none.status()).isEqualTo(503);
            assertThat(none.body()).contains("TLS: it requires a client certificate");

            outer.table(table(protocol, ours, inner.port("tls")));
            assertThat(client.get("/").body()).isEqualTo("inner");
        }
    }

    @Test
    void speaksHttp2OverTlsAndSaysIfAnEndpointDoesNot() {
        try (Upstream upstream = Upstream.saying("inner");
                TestGateway inner = TestGateway.over(
                        Tables.one(Protocol.HTTP1, upstream.port()), config -> TLS.addListener(config, "tls"));
                TestGateway outer = TestGateway.over(table(Protocol.H2, trusting(TLS, "a.test"), inner.port("tls")));
                Upstream old = Upstream.saying(TLS.listen(null), "old");
                RawClient client = outer.client()) {
            assertThat(client.get("/").body()).isEqualTo("inner");

            outer.table(table(Protocol.H2, trusting(TLS, "a.test"), old.port()));
            assertThat(client.get("/").body()).contains("\"status\":502", "upstream does not offer h2 by ALPN");
        }
    }

    @Test
    void tunnelsGoThroughTlsWhereTheDeploymentSpeaksIt() {
        ServerSocket socket = TLS.listen(null);
        try (Upstream upstream = Upstream.scripted(socket, conversation -> {
                    byte[] hello = conversation.in().readNBytes(5);
                    conversation.sendRaw(hello);
                });
                TestGateway gateway =
                        TestGateway.over(table(Protocol.HTTPS, trusting(TLS, "a.test"), upstream.port()));
                RawClient client = RawClient.to(gateway.inside())) {
            client.send("CONNECT a.test:443 HTTP/1.1\nHost: a.test:443\n\n").response(true);
            assertThat(client.send("hello".getBytes(StandardCharsets.US_ASCII)).read(5))
                    .isEqualTo("hello");
            assertThat(client.closed()).isTrue();

            gateway.table(table(Protocol.HTTPS, trusting(OTHERS, "a.test"), upstream.port()));
            try (RawClient second = RawClient.to(gateway.inside())) {
                RawClient.Response response = second.send("CONNECT a.test:443 HTTP/1.1\nHost: a.test:443\n\n")
                        .response();
                assertThat(response.status()).isEqualTo(503);
                assertThat(response.body()).contains("its certificate is not trusted");
            }
        }
    }

    @Test
    void webSocketsGoOverTlsOnBothSides() throws Exception {
        try (Upstream upstream = WebSocket.echoing();
                TestGateway inner = TestGateway.over(
                        Tables.one(Protocol.HTTP1, upstream.port()), config -> TLS.addListener(config, "tls"));
                TestGateway outer = TestGateway.over(
                        table(Protocol.HTTPS, trusting(TLS, "a.test"), inner.port("tls")),
                        config -> TestTls.addListener(config, "tls", TLS.tls(null, Version.V1_3, "server")))) {
            SSLSocket http1 = TLS.connect(outer.port("tls"), "http/1.1");
            SSLSocket http2 = TLS.connect(outer.port("tls"), "h2");
            try (WebSocket one = WebSocket.overHttp1(RawClient.over(http1), "");
                    WebSocket two = WebSocket.overHttp2(FrameSocket.over(http2).begin())) {
                for (WebSocket each : new WebSocket[] {one, two}) {
                    assertThat(each.text("over TLS").read().text()).isEqualTo("over TLS");
                    assertThat(each.close(1000, "").read().code()).isEqualTo(1000);
                    assertThat(each.read()).isNull();
                }
            }
            await().untilAsserted(() -> assertThat(outer.observed()).hasSize(2));
            assertThat(outer.observed())
                    .allSatisfy(each -> assertThat(each.flag()).isEqualTo("-"));
        }
    }
}
