package io.laneway.gateway.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.config.TlsConfig.Version;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.TestTls;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.service.Protocol;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS with clients: certificates by name, versions, protocols, who the client is, and certificates that change. */
class ClientsIT {

    private static final TestTls TLS =
            TestTls.make().issue("two", "CN=two.test", "two.test").issue("turning", "CN=old", "turning.test");
    private static final Upstream UPSTREAM = Upstream.responding(request -> {
        String cert = request.header("x-forwarded-client-cert");
        String said = request.header("x-forwarded-proto") + " " + cert;
        return "HTTP/1.1 200 OK\nContent-Length: " + said.length() + "\n\n" + said;
    });
    private static final TestGateway GATEWAY = TestGateway.over(Tables.one(Protocol.HTTP1, UPSTREAM.port()), config -> {
        config = TestTls.addListener(config, "tls", TLS.tls(null, Version.V1_2, "server", "two"));
        config = TestTls.addListener(config, "modern", TLS.tls(null, Version.V1_3, "server"));
        config = TestTls.addListener(config, "mutual", TLS.tls(TLS.file("ca.pem"), Version.V1_2, "server"));
        config = TestTls.addListener(config, "turning", TLS.tls(null, Version.V1_2, "turning"));
        return TestTls.addListener(config, "proxied", TLS.tls(null, Version.V1_2, "server"), true);
    });

    @AfterAll
    static void close() {
        GATEWAY.close();
        UPSTREAM.close();
    }

    private static String get(SSLSocket socket, String headers) {
        try (RawClient client = RawClient.over(socket)) {
            return client.get("/", headers).body();
        }
    }

    private static String name(SSLSocket socket) throws Exception {
        try (socket) {
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    private static SSLSocket named(String listener, String host) {
        return TLS.connect(
                GATEWAY.port(listener), parameters -> parameters.setServerNames(List.of(new SNIHostName(host))));
    }

    private static SSLSocket speaking(String listener, String version) {
        return TLS.connect(
                GATEWAY.port(listener), (SSLParameters parameters) -> parameters.setProtocols(new String[] {version}));
    }

    @Test
    void choosesTheCertificateByTheNameAskedFor() throws Exception {
        assertThat(name(named("tls", "two.test"))).isEqualTo("CN=two.test");
        assertThat(name(named("tls", "a.test"))).isEqualTo("CN=a.test");
        assertThat(name(named("tls", "other.test"))).isEqualTo("CN=a.test");
        assertThat(name(TLS.connect(GATEWAY.port("tls"), "http/1.1"))).isEqualTo("CN=a.test");
    }

    @Test
    void aDotAtTheEndOfTheNameCountsForNothing() throws Exception {
        SNIServerName dotted = new SNIServerName(0, "Two.test.".getBytes(StandardCharsets.US_ASCII)) {};

        assertThat(name(TLS.connect(GATEWAY.port("tls"), parameters -> parameters.setServerNames(List.of(dotted)))))
                .isEqualTo("CN=two.test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\nHost: a.test\n\n",
                "POST /x HTTP/1.1\nHost: a.test\nContent-Length: 3\n\nabc",
                "get / HTTP/1.0\n\n"
            })
    void plainHttpIsToldThatThePortSpeaksTls(String request) {
        for (String listener : new String[] {"tls", "mutual"}) {
            try (RawClient client = RawClient.to(GATEWAY.port(listener))) {
                RawClient.Response response = client.send(request).response();

                assertThat(response.status()).isEqualTo(400);
                assertThat(response.body()).contains("plain HTTP on a port that speaks TLS");
                assertThat(response.header("connection")).isEqualTo("close");
                assertThat(client.closed()).isTrue();
            }
        }
        await().untilAsserted(() -> assertThat(GATEWAY.observed())
                .anySatisfy(each -> assertThat(each.flag()).isEqualTo("DPE")));
        assertThat(UPSTREAM.requests()).noneMatch(each -> each.startLine().contains("/x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void speaksBothVersions(String version) throws Exception {
        try (SSLSocket socket = speaking("tls", version)) {
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            assertThat(get(socket, "")).isEqualTo("https null");
        }
    }

    @Test
    void refusesVersionsThatAreTooOld() throws Exception {
        assertThatThrownBy(() -> speaking("modern", "TLSv1.2")).isInstanceOf(UncheckedIOException.class);
        assertThat(get(speaking("modern", "TLSv1.3"), "")).startsWith("https");
        assertThatThrownBy(() -> speaking("tls", "TLSv1.1")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void agreesOnTheProtocolByAlpn() throws Exception {
        try (SSLSocket socket = TLS.connect(GATEWAY.port("tls"), "h2");
                FrameSocket client = FrameSocket.over(socket).begin()) {
            assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
            assertThat(client.get(1, "/", "").body()).isEqualTo("https null");
        }
        assertThat(get(TLS.connect(GATEWAY.port("tls"), "http/1.1"), "")).startsWith("https");
        assertThat(get(TLS.connect(GATEWAY.port("tls"), parameters -> {}), "")).startsWith("https");
        assertThat(get(TLS.connect(GATEWAY.port("tls"), "acme/9"), "")).startsWith("https");
    }

    @Test
    void tellsServicesWhoTheClientIsAndNotWhatStrangersSayOfThemselves() {
        String forged = "X-Forwarded-Client-Cert: Hash=00;URI=spiffe://evil\n";

        assertThat(get(TLS.connect(GATEWAY.port("tls"), "http/1.1"), forged)).isEqualTo("https null");
        assertThat(get(TLS.connectAsClient(GATEWAY.port("mutual"), "http/1.1"), forged))
                .matches("https Hash=[0-9a-f]{64};Subject=\"CN=some client\";URI=spiffe://test/client");
        try (RawClient plain = GATEWAY.client()) {
            assertThat(plain.get("/", forged).body()).isEqualTo("http null");
        }
    }

    @Test
    void refusesClientsWithoutACertificateOrWithOneByAnotherAuthority() {
        assertThat(refused(() -> TLS.connect(GATEWAY.port("mutual"), "http/1.1")))
                .isTrue();
        TestTls strangers = TestTls.make();
        assertThat(refused(() -> strangers.connectAsClientTo(TLS, GATEWAY.port("mutual"))))
                .isTrue();
        assertThat(get(TLS.connectAsClient(GATEWAY.port("mutual"), "http/1.1"), ""))
                .startsWith("https");
    }

    /** The alerts of RFC 8446, 6.2, which clients show to those who look for the reason. */
    @Test
    void saysWhyAClientsCertificateIsRefused() throws Exception {
        Instant now = Instant.now();
        CertificateBuilder stranger = new CertificateBuilder().subject("CN=stranger");
        CertificateBuilder past = new CertificateBuilder()
                .subject("CN=past")
                .notBefore(now.minus(Duration.ofDays(2)))
                .notAfter(now.minus(Duration.ofDays(1)));
        CertificateBuilder server = new CertificateBuilder()
                .subject("CN=server")
                .addExtendedKeyUsage(CertificateBuilder.ExtendedKeyUsage.PKIX_KP_SERVER_AUTH);
        X509Bundle ours = TLS.authority();
        X509Bundle another = new CertificateBuilder()
                .subject("CN=another authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();

        assertThat(alert(stranger.buildIssuedBy(another))).isEqualTo("unknown_ca");
        assertThat(alert(past.buildIssuedBy(ours))).isEqualTo("certificate_expired");
        assertThat(alert(server.buildIssuedBy(ours))).isEqualTo("bad_certificate");
        // Another authority of the same name.
        assertThat(alert(server.buildIssuedBy(TestTls.make().authority()))).isEqualTo("bad_certificate");
    }

    private static String alert(X509Bundle client) {
        Throwable refusal = catchThrowable(() -> get(TLS.connectAs(GATEWAY.port("mutual"), client), ""));
        return org.assertj.core.util.Throwables.getRootCause(refusal)
                .getMessage()
                .replace("Received fatal alert: ", "");
    }

    /** With TLS 1.3 a client learns only from its first read that its certificate was not taken. */
    private static boolean refused(java.util.function.Supplier<SSLSocket> connecting) {
        int before = UPSTREAM.requests().size();
        try {
            get(connecting.get(), "");
            return false;
        } catch (UncheckedIOException | IllegalStateException e) {
            return UPSTREAM.requests().size() == before;
        }
    }

    @Test
    void takesTlsBehindAProxyHeader() throws Exception {
        try (RawClient plain = RawClient.to(GATEWAY.port("proxied"))) {
            plain.sendRaw("PROXY TCP4 192.0.2.7 192.0.2.1 5000 443\r\n");
            assertThat(get(TLS.over(plain.socket()), "")).isEqualTo("https null");
        }
    }

    @Test
    void saysGoodbyeInTlsBeforeItCloses() throws Exception {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            try (RawClient client = RawClient.over(speaking("tls", version))) {
                RawClient.Response response = client.send(
                                "POST / HTTP/1.1\nHost: a.test\nConnection: close\nContent-Length: 3\n\nabc")
                        .response();
                assertThat(response.status()).isEqualTo(200);
                assertThat(client.in().read()).isEqualTo(-1);
            }
            try (RawClient client = RawClient.over(speaking("tls", version))) {
                assertThat(client.sendRaw("NONSENSE\r\n\r\n").response().status())
                        .isEqualTo(400);
                assertThat(client.in().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void exchangesCertificatesWithoutDroppingAConnectionAndKeepsTheOldOnesWhenAFileBreaks() throws Exception {
        try (RawClient standing = RawClient.over(TLS.connect(GATEWAY.port("turning"), "http/1.1"))) {
            assertThat(standing.get("/").status()).isEqualTo(200);
            TLS.issue("turning", "CN=new", "turning.test");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(name(TLS.connect(GATEWAY.port("turning"), "h2")))
                            .isEqualTo("CN=new"));
            assertThat(standing.get("/").status()).isEqualTo(200);

            Files.writeString(TLS.file("turning.pem"), "nonsense", StandardCharsets.US_ASCII);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(
                                    GATEWAY.plane().parts().tlsProblems().get("turning"))
                            .contains("turning.pem"));
            assertThat(name(TLS.connect(GATEWAY.port("turning"), "h2"))).isEqualTo("CN=new");
            assertThat(standing.get("/").status()).isEqualTo(200);

            TLS.issue("turning", "CN=mended", "turning.test");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThat(GATEWAY.plane().parts().tlsProblems()).isEmpty());
            assertThat(name(TLS.connect(GATEWAY.port("turning"), "h2"))).isEqualTo("CN=mended");
        }
    }
}
