package io.laneway.gateway.traffic.passage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.config.TlsConfig.Version;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.SocketServer;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.TestTls;
import io.laneway.gateway.testkit.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections whose TLS ends at the gateway and whose content goes on, beside those that are passed on as they are. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class OpenedPassageIT {

    /** Servers that speak TLS have {@code CN=a.test}, the gateway {@code CN=gateway}. */
    private static final TestTls TLS = TestTls.make().issue("gateway", "CN=gateway", "own.test", "d.test");

    /** What servers have to say of their connections' ends. */
    private static final BlockingQueue<String> ENDS = new LinkedBlockingQueue<>();

    private static final CountDownLatch MAY_READ = new CountDownLatch(1);

    private static SocketServer echo;
    private static SocketServer sealed;
    private static SocketServer greeting;
    private static SocketServer old;
    private static SocketServer leaving;
    private static SocketServer breaking;
    private static SocketServer slow;
    private static Upstream upstream;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        echo = SocketServer.plain(OpenedPassageIT::echo);
        sealed = SocketServer.of(TLS.listen(null), OpenedPassageIT::echo);
        greeting = SocketServer.plain(OpenedPassageIT::greet);
        SSLServerSocket old12 = (SSLServerSocket) TLS.listen(null);
        old12.setEnabledProtocols(new String[] {"TLSv1.2"});
        old = SocketServer.of(old12, OpenedPassageIT::greet);
        leaving = SocketServer.plain(OpenedPassageIT::leave);
        breaking = SocketServer.plain(OpenedPassageIT::breakOff);
        slow = SocketServer.plain(OpenedPassageIT::readLate);
        upstream = Upstream.saying("ended here");
        gateway = TestGateway.over(
                Tables.read("services:\n  - {name: web, hosts: [d.test], deployments: [{lane: master, endpoints:"
                        + " ['127.0.0.1:" + upstream.port() + "']}]}\n"
                        + "  - {name: bare, deployments: [{lane: master, endpoints: ['127.0.0.1:" + echo.port()
                        + "']}]}\n"
                        + "  - {name: sealed, deployments: [{lane: master, protocol: https, endpoints: ['127.0.0.1:"
                        + sealed.port() + "'], tls: {ca: " + TLS.file("ca.pem") + ", serverName: a.test}}]}\n"
                        + "routes:\n"
                        + opening("'*.c.test'", "services: [{address: 'localhost:" + echo.port() + "'}]")
                        + opening("own.test", "service: bare")
                        + opening("sealed.test", "service: sealed")
                        + opening(
                                "again.c.test",
                                "services: [{address: 'localhost:" + sealed.port() + "', tls: {ca: "
                                        + TLS.file("ca.pem") + ", serverName: a.test}}]")
                        + opening(
                                "wrong.c.test",
                                "services: [{address: 'localhost:" + sealed.port() + "', tls: {ca: "
                                        + TLS.file("ca.pem") + ", serverName: other.test}}]")
                        + opening(
                                "old.c.test",
                                "services: [{address: 'localhost:" + old.port() + "', tls: {ca: " + TLS.file("ca.pem")
                                        + ", serverName: a.test}}]")
                        + opening("greeting.c.test", "services: [{address: 'localhost:" + greeting.port() + "'}]")
                        + opening("leaving.c.test", "services: [{address: 'localhost:" + leaving.port() + "'}]")
                        + opening("breaking.c.test", "services: [{address: 'localhost:" + breaking.port() + "'}]")
                        + opening("slow.c.test", "services: [{address: 'localhost:" + slow.port() + "'}]")
                        + opening("closed.c.test", "services: [{status: 503}]")
                        + opening("away.c.test", "services: [{address: '127.0.0.1:1'}]")
                        + "  - {hosts: [passed.c.test], match: {tls: true}, services: [{address: 'localhost:"
                        + sealed.port() + "'}]}\n"),
                config -> TestTls.addListener(config, "tls", TLS.tls(null, Version.V1_2, "gateway")));
    }

    private static String opening(String hosts, String to) {
        return "  - {hosts: [" + hosts + "], match: {tls: true}, terminate: true, " + to + "}\n";
    }

    @AfterAll
    static void close() {
        gateway.close();
        upstream.close();
        List.of(echo, sealed, greeting, old, leaving, breaking, slow).forEach(SocketServer::close);
    }

    /** Sends back what comes, to its end. */
    private static void echo(Socket socket) throws IOException {
        socket.getInputStream().transferTo(socket.getOutputStream());
    }

    /** Speaks first, and says how the connection ended. */
    private static void greet(Socket socket) throws IOException {
        socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
        try {
            ENDS.add("end after " + new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (SocketException e) {
            ENDS.add("reset");
        }
    }

    /** Ends its own direction first, and says what came afterwards. */
    private static void leave(Socket socket) throws IOException {
        socket.getOutputStream().write(new byte[1_000_000]);
        socket.shutdownOutput();
        ENDS.add("after the end " + new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    }

    private static void breakOff(Socket socket) throws IOException {
        socket.getOutputStream().write("part\n".getBytes(StandardCharsets.US_ASCII));
        int first = socket.getInputStream().read();
        assertThat(first).isPositive();
        socket.setSoLinger(true, 0);
    }

    private static void readLate(Socket socket) throws IOException {
        try {
            MAY_READ.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        long all = 0;
        byte[] some = new byte[65_536];
        for (int n = socket.getInputStream().read(some);
                n >= 0;
                n = socket.getInputStream().read(some)) {
            all += n;
        }
        socket.getOutputStream().write(Long.toString(all).getBytes(StandardCharsets.US_ASCII));
    }

    private static SSLSocket ask(String host) {
        return ask(host, "TLSv1.3");
    }

    private static SSLSocket ask(String host, String version) {
        return TLS.connect(gateway.port("tls"), parameters -> {
            parameters.setServerNames(List.of(new SNIHostName(host)));
            parameters.setProtocols(new String[] {version});
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        });
    }

    private static String subject(SSLSocket socket) throws IOException {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    private static void none() {
        await().untilAsserted(() -> assertThat(gateway.plane().open()).isZero());
        assertThat(gateway.sum(stats -> stats.activeRequests.get())).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deep.c.test", "own.test", "sealed.test", "again.c.test"})
    void bothDirectionsAreWholeToTheirEndsThoughTheClientEndsFirst(String host) throws Exception {
        try (SSLSocket socket = ask(host)) {
            assertThat(subject(socket)).isEqualTo("CN=gateway");
            assertThat(socket.getApplicationProtocol()).isEmpty();
            byte[] sent = new byte[3_000_000];
            new Random(1).nextBytes(sent);
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    socket.getOutputStream().write(sent);
                    socket.shutdownOutput();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(socket.getInputStream().readAllBytes()).isEqualTo(sent);
            sending.join();
        }
        none();
    }

    @Test
    void listenersOfOnePortGoByTheNameThatIsAskedFor() throws IOException {
        try (SSLSocket socket = ask("passed.c.test")) {
            assertThat(subject(socket)).isEqualTo("CN=a.test");
        }
        try (SSLSocket socket = ask("d.test")) {
            assertThat(subject(socket)).isEqualTo("CN=gateway");
            assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
        }
        try (SSLSocket socket = TLS.connect(gateway.port("tls"), parameters -> {})) {
            assertThat(subject(socket)).isEqualTo("CN=gateway");
            try (RawClient client = RawClient.over(socket)) {
                assertThat(client.send("GET / HTTP/1.1\nHost: d.test\n\n")
                                .response()
                                .body())
                        .isEqualTo("ended here");
                assertThat(client.send("GET / HTTP/1.1\nHost: x.c.test\n\n")
                                .response()
                                .status())
                        .isEqualTo(404);
            }
        }
        none();
    }

    @ParameterizedTest
    @ValueSource(strings = {"greeting.c.test", "old.c.test"})
    void aServerMaySpeakFirstAndHearsTheClientsEnd(String host) throws Exception {
        try (SSLSocket socket = ask(host)) {
            assertThat(socket.getInputStream().readNBytes(6)).asString().isEqualTo("hello\n");
            socket.getOutputStream().write("bye".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(ENDS.take()).isEqualTo("end after bye");
        none();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aClientThatDoesNotSayGoodbyeLosesNothing(String version) throws Exception {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), gateway.port("tls"));
        SSLSocket socket = over(plain, version);
        assertThat(socket.getInputStream().readNBytes(6)).asString().isEqualTo("hello\n");
        socket.getOutputStream().write("log line".getBytes(StandardCharsets.US_ASCII));
        plain.shutdownOutput();
        assertThat(ENDS.take()).isEqualTo("end after log line");
        plain.close();
        none();
    }

    @Test
    void aResetOfTheClientsIsOneForTheServer() throws Exception {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), gateway.port("tls"));
        SSLSocket socket = over(plain, "TLSv1.3");
        assertThat(socket.getInputStream().readNBytes(6)).asString().isEqualTo("hello\n");
        plain.setSoLinger(true, 0);
        plain.close();
        assertThat(ENDS.take()).isEqualTo("reset");
        none();
    }

    private static SSLSocket over(Socket plain, String version) {
        return TLS.over(plain, parameters -> {
            parameters.setServerNames(List.of(new SNIHostName("greeting.c.test")));
            parameters.setProtocols(new String[] {version});
        });
    }

    @Test
    void aServerThatEndsFirstIsHeardToItsEndAndStillSpokenTo() throws Exception {
        try (SSLSocket socket = ask("leaving.c.test")) {
            InputStream in = socket.getInputStream();
            assertThat(in.readNBytes(1_000_000)).hasSize(1_000_000);
            assertThat(in.read()).isNegative();
            socket.getOutputStream().write("still here".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(ENDS.take()).isEqualTo("after the end still here");
        none();
    }

    @Test
    void whatAServerBreaksOffDoesNotLookWhole() throws IOException {
        try (SSLSocket socket = ask("breaking.c.test")) {
            assertThat(socket.getInputStream().readNBytes(5)).asString().isEqualTo("part\n");
            socket.getOutputStream().write(1);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
        }
        none();
    }

    @Test
    void withTls12AConnectionEndsAsAWhole() throws Exception {
        try (SSLSocket socket = ask("greeting.c.test", "TLSv1.2")) {
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
            assertThat(socket.getInputStream().readNBytes(6)).asString().isEqualTo("hello\n");
            socket.getOutputStream().write("bye".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(ENDS.take()).isEqualTo("end after bye");
        try (SSLSocket socket = ask("leaving.c.test", "TLSv1.2")) {
            assertThat(socket.getInputStream().readAllBytes()).hasSize(1_000_000);
        }
        assertThat(ENDS.take()).isEqualTo("after the end ");
        none();
    }

    @Test
    void aServerThatDoesNotReadHoldsTheClientBack() throws Exception {
        long all = 32_000_000;
        AtomicLong sent = new AtomicLong();
        try (SSLSocket socket = ask("slow.c.test")) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    byte[] some = new byte[64_000];
                    for (long left = all; left > 0; left -= some.length) {
                        socket.getOutputStream().write(some);
                        sent.addAndGet(some.length);
                    }
                    socket.shutdownOutput();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            long[] before = {0};
            await().pollInterval(Duration.ofMillis(300)).until(() -> {
                long now = sent.get();
                boolean stands = now > 0 && now == before[0];
                before[0] = now;
                return stands;
            });
            assertThat(sent).hasValueLessThan(all);
            MAY_READ.countDown();
            assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo(Long.toString(all));
            sending.join();
        }
        none();
    }

    @ParameterizedTest
    @ValueSource(strings = {"closed.c.test", "away.c.test", "wrong.c.test"})
    void whatLeadsNowhereIsBrokenOff(String host) {
        assertThatThrownBy(() -> {
                    try (SSLSocket socket = ask(host)) {
                        int first = socket.getInputStream().read();
                        assertThat(first).as("no clean end").isPositive();
                    }
                })
                .isInstanceOfAny(IOException.class, UncheckedIOException.class);
        none();
        TestGateway.noneLost();
    }
}
