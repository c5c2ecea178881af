package io.laneway.gateway.traffic.passage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.gateway.runtime.config.TlsConfig.Version;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.TestTls;
import io.laneway.gateway.testkit.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** TLS connections that are passed on by the name they ask for, beside those that end at the gateway. */
class PassageIT {

    /** Its server has {@code CN=a.test}, the gateway {@code CN=gateway}. */
    private static final TestTls TLS = TestTls.make().issue("gateway", "CN=gateway", "a.test", "x.c.test");

    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    private static ServerSocket server;
    private static Upstream upstream;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        server = TLS.listen(null);
        THREADS.execute(PassageIT::serve);
        upstream = Upstream.saying("ended here");
        gateway = TestGateway.over(
                Tables.read("services:\n  - {name: order, hosts: ['*.c.test', d.test], deployments: [{lane: master,"
                        + " endpoints: ['127.0.0.1:" + upstream.port() + "']}]}\n"
                        + "  - {name: sealed, deployments: [{lane: master, protocol: https, endpoints: ['127.0.0.1:"
                        + server.getLocalPort() + "']}]}\n"
                        + "routes:\n"
                        + "  - {hosts: [b.test, '*.c.test'], match: {tls: true}, services: [{address: 'localhost:"
                        + server.getLocalPort() + "'}]}\n"
                        + "  - {hosts: [x.c.test], match: {tls: true}}\n"
                        + "  - {hosts: [s.test], match: {tls: true}, service: sealed}\n"
                        + "  - {hosts: [closed.test], match: {tls: true}, services: [{status: 503}]}\n"
                        + "  - {hosts: [port.test], match: {tls: true, ports: [1]}, service: sealed}\n"),
                config -> TestTls.addListener(config, "tls", TLS.tls(null, Version.V1_2, "gateway")));
    }

    @AfterAll
    static void close() throws IOException {
        gateway.close();
        upstream.close();
        server.close();
        THREADS.shutdownNow();
    }

    /** Sends back what comes, to its end. */
    private static void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                THREADS.execute(() -> {
                    try (socket) {
                        socket.getInputStream().transferTo(socket.getOutputStream());
                    } catch (IOException e) {
                        // the client has gone
                    }
                });
            } catch (IOException e) {
                return;
            }
        }
    }

    private static SSLSocket ask(String host) {
        return TLS.connect(
                gateway.port("tls"), parameters -> parameters.setServerNames(List.of(new SNIHostName(host))));
    }

    private static String subject(SSLSocket socket) throws IOException {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    @Test
    void aConnectionGoesToTheServerOfTheNameThatItAsksForAsItIs() throws IOException {
        for (String host : List.of("b.test", "deep.c.test", "s.test")) {
            try (SSLSocket socket = ask(host)) {
                assertThat(subject(socket)).as(host).isEqualTo("CN=a.test");
                byte[] sent = new byte[3_000_000];
                new Random(1).nextBytes(sent);
                THREADS.execute(() -> {
                    try {
                        socket.getOutputStream().write(sent);
                    } catch (IOException e) {
                        // what comes back is cut short then
                    }
                });
                InputStream in = socket.getInputStream();
                assertThat(in.readNBytes(sent.length)).isEqualTo(sent);
            }
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(gateway.plane().open()).isZero());
        assertThat(gateway.count("sealed", "master", stats -> stats.activeRequests))
                .isZero();
    }

    @Test
    void aMoreSpecificNameOrOneWithoutRouteEndsAtTheGateway() throws IOException {
        for (String host : List.of("x.c.test", "port.test", "d.test")) {
            try (SSLSocket socket = ask(host)) {
                assertThat(subject(socket)).as(host).isEqualTo("CN=gateway");
                try (RawClient client = RawClient.over(socket)) {
                    String name = host.equals("port.test") ? "d.test" : host;
                    assertThat(client.send("GET / HTTP/1.1\nHost: " + name + "\n\n")
                                    .response()
                                    .body())
                            .isEqualTo("ended here");
                }
            }
        }
    }

    @Test
    void aConnectionThatNothingTakesIsClosed() {
        assertThatThrownBy(() -> ask("closed.test").close()).hasRootCauseInstanceOf(IOException.class);
        TestGateway.noneLost();
    }
}
