package io.laneway.k8s.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.fabric8.mockwebserver.MockWebServer;
import io.laneway.testkit.LogCapture;
import io.laneway.testkit.MountedSecret;
import io.laneway.testkit.ShownCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InjectionServerIT {

    private static final String POD = """
        {"apiVersion": "v1", "kind": "Pod",
         "metadata": {"name": "order", "labels": {"laneway.io/inject": "true"}},
         "spec": {"containers": [{"name": "app"}]}}\
        """;

    private static final MockWebServer CERTIFICATES = new MockWebServer();
    private static final MockWebServer RENEWED = new MockWebServer();

    @TempDir
    Path directory;

    private MountedSecret secret;
    private InjectionServer server;
    private SSLContext tls;

    @BeforeAll
    static void makeACertificate() {
        for (MockWebServer each : List.of(CERTIFICATES, RENEWED)) {
            each.useHttps();
            each.start();
        }
    }

    @AfterAll
    static void shutDown() {
        CERTIFICATES.shutdown();
        RENEWED.shutdown();
    }

    @BeforeEach
    void start() throws Exception {
        var pem = CERTIFICATES.getSelfSignedCertificate();
        KeyManager[] keys =
                SSLUtils.keyManagers(null, pem.certificatePath(), null, pem.privateKeyPath(), "RSA", "", null, null);
        tls = SSLContext.getInstance("TLS");
        tls.init(keys, SSLUtils.trustManagers(null, pem.certificatePath(), false, null, null), null);
        PodInjector injector =
                new PodInjector(new SidecarTemplate("laneway:1", "c", "s", "http://127.0.0.1:15001"), "version");
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        secret = new MountedSecret(directory.resolve("tls"));
        secret.put(files(CERTIFICATES));
        server = new InjectionServer(any, new PemTls(secret.file("tls.crt"), secret.file("tls.key")), injector);
    }

    private static Map<String, String> files(MockWebServer from) throws IOException {
        var pem = from.getSelfSignedCertificate();
        return Map.of(
                "tls.crt", Files.readString(Path.of(pem.certificatePath())),
                "tls.key", Files.readString(Path.of(pem.privateKeyPath())));
    }

    private static void shows(int port, MockWebServer whose) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(ShownCertificate.at(port)).isEqualTo(certificate(whose)));
    }

    private static Certificate certificate(MockWebServer of) throws Exception {
        try (InputStream in =
                Files.newInputStream(Path.of(of.getSelfSignedCertificate().certificatePath()))) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    @Test
    void aRenewedSecretIsShownOnNewConnectionsAndOpenOnesStay() throws Exception {
        try (SSLSocket open = connect()) {
            secret.put(files(RENEWED));
            shows(server.port(), RENEWED);
            write(open, "GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(new String(open.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aPairThatIsHalfWrittenChangesNothingAndIsLogged() throws Exception {
        try (LogCapture log = LogCapture.of(InjectionServer.class)) {
            Files.writeString(secret.file("tls.crt"), files(RENEWED).get("tls.crt"));
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(log.messages()).contains("new certificate not taken, the old one stays"));
            shows(server.port(), CERTIFICATES);
        }
        Files.writeString(secret.file("tls.key"), files(RENEWED).get("tls.key"));
        shows(server.port(), RENEWED);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void answersAReviewWithThePatchAndAllowsWhateverElseComes() throws Exception {
        server.certify();
        HttpClient client = HttpClient.newBuilder().sslContext(tls).build();
        HttpResponse<String> answer = post(client, server.port(), review(POD));
        assertThat(answer.body()).contains("\"uid\":\"42\"", "\"allowed\":true", "\"patchType\":\"JSONPatch\"");
        String patch = answer.body().replaceAll(".*\"patch\":\"([^\"]+)\".*", "$1");
        assertThat(new String(Base64.getDecoder().decode(patch), StandardCharsets.UTF_8))
                .contains("/spec/initContainers", "\"restartPolicy\":\"Always\"");

        String plain = POD.replace("\"true\"", "\"false\"");
        assertThat(post(client, server.port(), review(plain)).body())
                .contains("\"allowed\":true")
                .doesNotContain("patchType");
        String host = POD.replace("\"containers\"", "\"hostNetwork\": true, \"containers\"");
        assertThat(post(client, server.port(), review(host)).body())
                .contains("\"allowed\":true", "\"warnings\":[\"laneway.io/inject: no sidecar: hostNetwork")
                .doesNotContain("patchType");
        assertThat(post(client, server.port(), "nonsense").statusCode()).isEqualTo(400);
        assertThat(get(client, "/readyz")).isEqualTo(200);
        assertThat(get(client, "/livez")).isEqualTo(200);
        assertThat(get(client, "/other")).isEqualTo(404);
    }

    @Test
    void halfSentRequestsHoldNothingUpAndEnd() throws Exception {
        List<Socket> half = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            half.add(i % 3 == 0 ? halfBody() : half(i % 3 == 1 ? new byte[] {22, 3, 1} : new byte[0]));
        }
        HttpClient client = HttpClient.newBuilder().sslContext(tls).build();
        long before = System.nanoTime();
        assertThat(post(client, server.port(), review(POD)).statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));

        for (Socket one : half) {
            one.setSoTimeout(20_000);
            assertThat(ended(one)).isTrue();
        }
        assertThat(post(client, server.port(), review(POD)).statusCode()).isEqualTo(200);
    }

    @Test
    void aBodyBeyondTheBoundIsRefusedBeforeItIsRead() throws Exception {
        try (SSLSocket socket = connect()) {
            write(socket, "POST /inject HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n");
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 413 ");
        }
        try (SSLSocket socket = connect()) {
            write(socket, "POST /inject HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 411 ");
        }
    }

    private static boolean ended(Socket socket) {
        try (socket) {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private Socket half(byte[] bytes) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream().write(bytes);
        return socket;
    }

    private Socket halfBody() throws IOException {
        SSLSocket socket = connect();
        write(socket, "POST /inject HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n{");
        return socket;
    }

    private SSLSocket connect() throws IOException {
        return (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port());
    }

    private static void write(SSLSocket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private int get(HttpClient client, String path) throws Exception {
        URI uri = URI.create("https://localhost:" + server.port() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static String review(String pod) {
        return "{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"AdmissionReview\", \"request\": {\"uid\": \"42\","
                + " \"object\": " + pod + "}}";
    }

    private static HttpResponse<String> post(HttpClient client, int port, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/inject"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
