package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.laneway.control.ControlConfig.Listen;
import io.laneway.control.ControlConfig.Tls;
import io.laneway.control.auth.AuthConfig;
import io.laneway.control.auth.Role;
import io.laneway.control.certificate.CertificateWatch;
import io.laneway.testkit.LogCapture;
import io.laneway.testkit.MountedSecret;
import io.laneway.testkit.ShownCertificate;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are renewed under a running control API, as cert-manager and the kubelet do. */
class RenewedCertificatesIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int PKCS8_HEADER = 26;

    @TempDir
    Path directory;

    private X509Bundle authority;
    private MountedSecret secret;
    private ControlApi api;

    @BeforeEach
    void start() throws Exception {
        authority = authority();
        secret = new MountedSecret(directory.resolve("tls"));
        put(server(), authority);
        Tls tls = new Tls(secret.file("tls.crt"), secret.file("tls.key"), secret.file("ca.crt"));
        api = ControlApi.start(ControlConfig.in(directory.resolve("data"), 0)
                .with(new Listen("127.0.0.1", 0, tls))
                .with(new AuthConfig(null, Map.of("CN=release-tool", Role.RELEASER), List.of())));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static X509Bundle authority() throws Exception {
        return new CertificateBuilder()
                .subject("CN=test authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private X509Bundle server() throws Exception {
        return new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1")
                .buildIssuedBy(authority);
    }

    private void put(X509Bundle server, X509Bundle clients) throws IOException {
        put(server.getCertificatePathPEM(), server.getPrivateKeyPEM(), clients.getCertificatePEM());
    }

    private void put(String certificate, String key, String clients) throws IOException {
        secret.put(Map.of("tls.crt", certificate, "tls.key", key, "ca.crt", clients));
    }

    private void shows(X509Bundle server) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(ShownCertificate.at(api.port())).isEqualTo(server.getCertificate()));
    }

    private HttpResponse<String> send(HttpClient client, HttpRequest.Builder request, String path) throws Exception {
        return client.send(request.uri(URI.create(api.url() + path)).build(), BodyHandlers.ofString());
    }

    private HttpClient client(X509Bundle trusted, KeyManager... keys) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trusted.toTrustManagerFactory().getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private String metrics() throws Exception {
        return send(client(authority, tool(authority)), HttpRequest.newBuilder(), "/metrics")
                .body();
    }

    private static KeyManager[] tool(X509Bundle issuer) throws Exception {
        return new CertificateBuilder()
                .subject("CN=release-tool")
                .buildIssuedBy(issuer)
                .toKeyManagerFactory()
                .getKeyManagers();
    }

    private static String status(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("ended after: " + head);
            }
            head.append((char) next);
        }
        socket.getInputStream().skipNBytes(length(head.toString()));
        return head.substring(0, "HTTP/1.1 200".length());
    }

    private static int length(String head) {
        return Arrays.stream(head.split("\r\n"))
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, "content-length:".length()))
                .mapToInt(line -> Integer.parseInt(
                        line.substring("content-length:".length()).trim()))
                .findFirst()
                .orElse(0);
    }

    @Test
    void aSecretThatIsRenewedIsShownOnNewConnectionsAndOpenOnesStay() throws Exception {
        try (SSLSocket open = ShownCertificate.connect(api.port())) {
            assertThat(status(open)).isEqualTo("HTTP/1.1 200");
            HttpResponse<String> before = send(client(authority), HttpRequest.newBuilder(), "/livez");

            X509Bundle renewed = server();
            put(renewed, authority);
            shows(renewed);

            assertThat(status(open)).as("over the connection from before").isEqualTo("HTTP/1.1 200");
            HttpResponse<String> after = send(client(authority), HttpRequest.newBuilder(), "/livez");
            assertThat(after.statusCode()).isEqualTo(200);
            assertThat(after.version()).as("by ALPN").isEqualTo(before.version());
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(metrics())
                            .contains("laneway_control_tls_reloads_total{result=\"renewed\"} 1.0")
                            .contains("laneway_control_tls_problems 0.0")
                            .contains("laneway_control_tls_certificate_not_after_seconds{file=\""
                                    + secret.file("tls.crt") + "\"} "
                                    + (double) renewed.getCertificate()
                                            .getNotAfter()
                                            .toInstant()
                                            .getEpochSecond()));
        }
    }

    @Test
    void aPairThatIsHalfWrittenChangesNothingAndIsLoggedAndCounted() throws Exception {
        X509Bundle first = server();
        put(first, authority);
        shows(first);
        X509Bundle renewed = server();
        try (LogCapture log = LogCapture.of(CertificateWatch.class)) {
            Files.writeString(secret.file("tls.crt"), renewed.getCertificatePathPEM());
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(metrics())
                            .contains("laneway_control_tls_problems 1.0")
                            .contains("laneway_control_tls_reloads_total{result=\"refused\"} 1.0"));
            assertThat(ShownCertificate.at(api.port())).isEqualTo(first.getCertificate());
            assertThat(log.events())
                    .filteredOn(event -> event.getLevel() == Level.WARN)
                    .singleElement()
                    .satisfies(event -> assertThat(event.getKeyValuePairs().toString())
                            .contains("tls.key", "is another's (expected: the certificate's own)"));
        }
        Files.writeString(secret.file("tls.key"), renewed.getPrivateKeyPEM());
        shows(renewed);
        await().atMost(SOON).untilAsserted(() -> assertThat(metrics()).contains("laneway_control_tls_problems 0.0"));
    }

    @Test
    void aCertificateThatIsCutOffOrMissingChangesNothing() throws Exception {
        X509Bundle first = server();
        put(first, authority);
        shows(first);
        String pem = server().getCertificatePathPEM();
        Files.writeString(secret.file("tls.crt"), pem.substring(0, pem.length() / 2));
        await().atMost(SOON).untilAsserted(() -> assertThat(metrics()).contains("laneway_control_tls_problems 1.0"));
        Files.delete(secret.file("ca.crt"));
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(metrics()).contains("laneway_control_tls_reloads_total{result=\"refused\"} 2.0"));
        assertThat(ShownCertificate.at(api.port())).isEqualTo(first.getCertificate());
    }

    @Test
    void authoritiesOfClientsAreRenewed() throws Exception {
        X509Bundle second = authority();
        HttpClient caller = client(authority, tool(second));
        HttpRequest.Builder call = HttpRequest.newBuilder().PUT(BodyPublishers.ofString("{}"));
        X509Bundle server = server();
        put(
                server.getCertificatePathPEM(),
                server.getPrivateKeyPEM(),
                authority.getCertificatePEM() + second.getCertificatePEM());
        shows(server);

        assertThat(send(caller, call, "/v1/lanes/f-1").statusCode()).isEqualTo(201);
        assertThat(send(client(authority, tool(authority)), call, "/v1/lanes/f-2")
                        .statusCode())
                .as("the old one stays beside it")
                .isEqualTo(201);
    }

    /** The form of keys that cert-manager writes by default. */
    @Test
    void aKeyOfPkcs1IsTaken() throws Exception {
        X509Bundle renewed = new CertificateBuilder()
                .subject("CN=localhost")
                .algorithm(Algorithm.rsa2048)
                .addSanDnsName("localhost")
                .buildIssuedBy(authority);
        byte[] whole = renewed.getKeyPair().getPrivate().getEncoded();
        String key = Base64.getMimeEncoder().encodeToString(Arrays.copyOfRange(whole, PKCS8_HEADER, whole.length));
        put(
                renewed.getCertificatePathPEM(),
                "-----BEGIN RSA PRIVATE KEY-----\n" + key + "\n-----END RSA PRIVATE KEY-----\n",
                authority.getCertificatePEM());
        shows(renewed);
    }
}
