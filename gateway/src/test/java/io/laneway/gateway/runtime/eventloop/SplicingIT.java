package io.laneway.gateway.runtime.eventloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.gateway.resilience.Policies;
import io.laneway.gateway.runtime.config.TimeoutsConfig;
import io.laneway.gateway.runtime.config.TlsConfig.Version;
import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.runtime.lifecycle.FileDescriptors;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.TestTls;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.gateway.testkit.WebSocket;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.policy.Timeouts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the kernel moves from socket to socket: as it was sent, counted, held back and ended as what is copied. */
@SuppressWarnings("try") // a test ends a side itself
class SplicingIT {

    private static final int TOTAL = 16 << 20;
    private static final int LARGEST = 300_000;
    private static final String CONNECT = "CONNECT a.test:80 HTTP/1.1\nHost: a.test:80\n\n";
    private static final String UPGRADE = "GET / HTTP/1.1\nHost: a.test\nConnection: Upgrade\nUpgrade: tcp\n\n";
    private static final String SWITCHED = "HTTP/1.1 101 UPGRADED\nConnection: Upgrade\nUpgrade: tcp\n\n";

    private long before;

    @BeforeEach
    void mark() {
        assumeTrue(Sockets.canDo(Transport.EPOLL), "epoll is not available here");
        before = SplicePipe.moved();
    }

    /** Bytes that went through a pipe since the test began. */
    private long moved() {
        return SplicePipe.moved() - before;
    }

    private static TestGateway over(LaneTable table) {
        return TestGateway.over(table, config -> TestGateway.with(config, 1, Transport.EPOLL));
    }

    private static byte[] bytes(long seed, int n) {
        byte[] bytes = new byte[n];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Sends all in pieces from one byte to some hundred thousand, small and large ones in turn. */
    private static CompletableFuture<Void> sending(OutputStream out, byte[] all) {
        Random sizes = new Random(all.length);
        return aside(() -> {
            for (int at = 0; at < all.length; ) {
                int n = Math.min(all.length - at, 1 + sizes.nextInt(sizes.nextInt(4) == 0 ? LARGEST : 2_000));
                out.write(all, at, n);
                at += n;
            }
        });
    }

    private interface Task {
        void run() throws IOException;
    }

    private static CompletableFuture<Void> aside(Task task) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                run -> {
                    Thread thread = new Thread(run, "splicing");
                    thread.setDaemon(true);
                    thread.start();
                });
    }

    private static void assertCounted(TestGateway gateway, long received, long sent, String flag) {
        await().untilAsserted(() -> assertThat(gateway.observed()).hasSize(1));
        assertThat(gateway.observed().get(0).received()).isEqualTo(received);
        assertThat(gateway.observed().get(0).sent()).isEqualTo(sent);
        assertThat(gateway.observed().get(0).flag()).isEqualTo(flag);
    }

    @Test
    void aTunnelCarriesSmallPiecesAmongLargeOnesBothWaysAndEndsEachWayOnItsOwn() throws Exception {
        byte[] up = bytes(1, TOTAL);
        byte[] down = bytes(2, TOTAL - 1);
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    CompletableFuture<Void> sent = sending(conversation.socket().getOutputStream(), down);
                    byte[] got = conversation.in().readNBytes(up.length);
                    sent.join();
                    conversation.sendRaw(new byte[] {(byte) (Arrays.equals(got, up) ? 1 : 0)});
                    conversation.socket().shutdownOutput();
                    assertThat(conversation.in().read()).isNegative();
                });
                TestGateway gateway = over(Tables.one(upstream.port()));
                RawClient client = RawClient.to(gateway.inside())) {
            client.send(CONNECT).response(true);
            CompletableFuture<Void> sent = sending(client.socket().getOutputStream(), up);
            assertThat(client.in().readNBytes(down.length)).isEqualTo(down);
            sent.join();

            assertThat(client.in().read()).as("what the endpoint found").isEqualTo(1);
            assertThat(client.in().read()).isNegative();
            client.socket().shutdownOutput();
            assertCounted(gateway, up.length, down.length + 1, "-");
            assertThat(moved()).isGreaterThan(TOTAL / 4);
        }
    }

    @Test
    void bodiesOfKnownLengthArePassedOneBehindTheOtherOnOneConnection() throws Exception {
        int length = 3_000_001;
        byte[] body = bytes(3, length);
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    for (String head = conversation.head(); head != null; head = conversation.head()) {
                        byte[] got = conversation.in().readNBytes(length);
                        conversation.send("HTTP/1.1 200 OK\nContent-Length: " + length + "\n\n");
                        conversation.sendRaw(got);
                    }
                });
                TestGateway gateway = over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            for (int i = 0; i < 5; i++) {
                client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: " + length + "\n\n");
                CompletableFuture<Void> sent = aside(() -> client.send(body));
                assertThat(client.response(true).status()).isEqualTo(200);
                assertThat(client.in().readNBytes(length)).isEqualTo(body);
                sent.join();
            }
            await().untilAsserted(() -> assertThat(gateway.observed()).hasSize(5));
            assertThat(gateway.observed()).allSatisfy(each -> {
                assertThat(each.received()).isEqualTo(length);
                assertThat(each.sent()).isEqualTo(length);
                assertThat(each.flag()).isEqualTo("-");
            });
            assertThat(upstream.connections()).isEqualTo(1);
            assertThat(moved()).isGreaterThan(length);
        }
    }

    @Test
    void largeMessagesOfWebSocketsArePassedByTheirPayload() {
        byte[] message = bytes(4, 2_000_000);
        try (Upstream upstream = WebSocket.echoing();
                TestGateway gateway = over(Tables.one(Protocol.HTTP1, upstream.port()));
                WebSocket socket = WebSocket.overHttp1(gateway.port())) {
            for (int i = 0; i < 4; i++) {
                socket.text("small");
                assertThat(socket.read().text()).isEqualTo("small");
                CompletableFuture<WebSocket> sent = socket.frameAside(true, WebSocket.BINARY, message);
                assertThat(socket.read().payload()).isEqualTo(message);
                sent.join();
            }
            assertThat(moved()).isGreaterThan(message.length);
        }
    }

    /** Its frames are followed through what was not read: the close frame of ours comes between two of them. */
    @Test
    void aWebSocketIsSaidGoodbyeBehindALargeMessage() throws Exception {
        byte[] message = bytes(5, 2_000_000);
        Duration five = Duration.ofSeconds(5);
        TimeoutsConfig times = new TimeoutsConfig(five, five, five, Duration.ZERO);
        try (Upstream upstream = WebSocket.echoing();
                TestGateway gateway = TestGateway.over(
                        Tables.one(Protocol.HTTP1, upstream.port()),
                        config -> TestGateway.with(TestGateway.with(config, times), 1, Transport.EPOLL));
                WebSocket socket = WebSocket.overHttp1(gateway.port())) {
            CompletableFuture<WebSocket> sent = socket.frameAside(true, WebSocket.BINARY, message);
            assertThat(socket.read().payload()).isEqualTo(message);
            sent.join();
            CompletableFuture<?> drained = gateway.plane().drain();
            WebSocket.Frame last = socket.read();
            assertThat(last.opcode()).isEqualTo(WebSocket.CLOSE);
            assertThat(last.code()).isEqualTo(1001);
            socket.close();
            drained.get(10, TimeUnit.SECONDS);
            assertThat(moved()).isGreaterThan(message.length / 2);
        }
    }

    @Test
    void connectionsOfTlsThatAreOnlyPassedOn() throws Exception {
        TestTls tls = TestTls.make().issue("gateway", "CN=gateway", "a.test");
        byte[] sent = bytes(6, 4_000_000);
        try (Upstream upstream = Upstream.scripted(
                        tls.listen(null),
                        conversation -> conversation
                                .in()
                                .transferTo(conversation.socket().getOutputStream()));
                TestGateway gateway = TestGateway.over(
                        Tables.read(
                                "routes:\n  - {hosts: [b.test], match: {tls: true}, services: [{address: 'localhost:"
                                        + upstream.port() + "'}]}\n"),
                        config -> TestGateway.with(
                                TestTls.addListener(config, "tls", tls.tls(null, Version.V1_2, "gateway")),
                                1,
                                Transport.EPOLL));
                SSLSocket socket = tls.connect(
                        gateway.port("tls"),
                        parameters -> parameters.setServerNames(List.of(new SNIHostName("b.test"))))) {
            CompletableFuture<Void> sending =
                    aside(() -> socket.getOutputStream().write(sent));
            assertThat(socket.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
            sending.join();
            assertThat(moved()).isGreaterThan(sent.length);
        }
    }

    @Test
    void aResetAmidABodyCutsItOff() throws Exception {
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    conversation.head();
                    conversation.send("HTTP/1.1 200 OK\nContent-Length: " + TOTAL + "\n\n");
                    conversation.sendRaw(new byte[TOTAL / 2]);
                    conversation.socket().setSoLinger(true, 0);
                });
                TestGateway gateway = over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            client.send("GET / HTTP/1.1\nHost: a.test\n\n");
            assertThat(client.response(true).status()).isEqualTo(200);
            assertThat(read(client.in())).isLessThan(TOTAL);
            await().untilAsserted(() -> assertThat(gateway.observed()).hasSize(1));
            assertThat(gateway.observed().get(0).flag()).isEqualTo("UC");
        }
    }

    @Test
    void aResetAmidATunnelIsOneOnTheOtherSide() throws Exception {
        CompletableFuture<Boolean> broke = new CompletableFuture<>();
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    conversation.head();
                    conversation.send(SWITCHED);
                    try {
                        conversation.in().readAllBytes();
                        broke.complete(false);
                    } catch (IOException e) {
                        broke.complete(true);
                    }
                });
                TestGateway gateway = over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            client.send(UPGRADE);
            assertThat(client.response().status()).isEqualTo(101);
            client.send(new byte[TOTAL]);
            client.socket().setSoLinger(true, 0);
            client.socket().close();
            broke.get(10, TimeUnit.SECONDS);
            await().untilAsserted(() -> assertThat(gateway.observed()).hasSize(1));
            assertThat(gateway.observed().get(0).flag()).isEqualTo("DC");
            assertThat(gateway.plane().open()).isZero();
        }
    }

    private static long read(InputStream in) {
        byte[] buffer = new byte[1 << 16];
        long all = 0;
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                all += n;
            }
        } catch (IOException e) {
            return all;
        }
        return all;
    }

    @Test
    void aReaderThatIsSlowHoldsTheSenderUpAndGetsAll() throws Exception {
        int total = 4 * TOTAL;
        AtomicLong written = new AtomicLong();
        byte[] piece = bytes(7, 1 << 16);
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    conversation.head();
                    conversation.send("HTTP/1.1 200 OK\nContent-Length: " + total + "\n\n");
                    for (int sent = 0; sent < total; sent += piece.length) {
                        conversation.sendRaw(piece);
                        written.addAndGet(piece.length);
                    }
                });
                TestGateway gateway = over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            client.socket().setReceiveBufferSize(1 << 16);
            client.send("GET / HTTP/1.1\nHost: a.test\n\n");
            assertThat(client.response(true).status()).isEqualTo(200);
            AtomicLong last = new AtomicLong(-1);
            await().pollInterval(Duration.ofMillis(300))
                    .until(() -> written.get() > 0 && written.get() == last.getAndSet(written.get()));
            assertThat(written.get()).isLessThan(24 << 20);
            for (int read = 0; read < total; read += piece.length) {
                assertThat(client.in().readNBytes(piece.length)).isEqualTo(piece);
            }
            assertCounted(gateway, 0, total, "-");
        }
    }

    @Test
    void whatFlowsUnreadIsNotIdle() throws Exception {
        Timeouts times = new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofMinutes(1));
        LaneTable table;
        CountDownLatch over = new CountDownLatch(1);
        try (Upstream upstream = Upstream.scripted(conversation -> {
            conversation.head();
            conversation.send(SWITCHED);
            conversation.in().transferTo(conversation.socket().getOutputStream());
            over.countDown();
        })) {
            table = new Tables()
                    .policy(Policies.with(times))
                    .service("a", "master", upstream.port())
                    .build();
            try (TestGateway gateway = over(table);
                    RawClient client = gateway.client()) {
                client.send(UPGRADE);
                assertThat(client.response().status()).isEqualTo(101);
                byte[] piece = bytes(8, 1_000_000);
                for (int i = 0; i < 8; i++) {
                    CompletableFuture<Void> sent = aside(() -> client.send(piece));
                    assertThat(client.in().readNBytes(piece.length)).isEqualTo(piece);
                    sent.join();
                    gateway.pass(Duration.ofSeconds(40));
                }
                gateway.pass(Duration.ofSeconds(61));
                assertThat(client.in().read()).isNegative();
                assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
                assertCounted(gateway, 8L * piece.length, 8L * piece.length, "UT");
            }
        }
    }

    /** An event loop's pipe is made once, whatever goes through it, and closed with it. */
    @Test
    void descriptorsStayAsFewAsTheyWere() throws Exception {
        byte[] piece = bytes(9, 400_000);
        long open;
        try (Upstream upstream = Upstream.scripted(conversation -> {
            conversation.in().transferTo(conversation.socket().getOutputStream());
        })) {
            open = FileDescriptors.open().orElseThrow();
            try (TestGateway gateway = over(Tables.one(upstream.port()))) {
                tunnel(gateway, piece);
                await().until(() -> upstream.open() == 0 && gateway.plane().open() == 0);
                long warm = FileDescriptors.open().orElseThrow();
                for (int i = 0; i < 1000; i++) {
                    tunnel(gateway, piece);
                }
                await().untilAsserted(() ->
                        assertThat(FileDescriptors.open().orElseThrow()).isLessThanOrEqualTo(warm + 2));
            }
            await().untilAsserted(() ->
                    assertThat(FileDescriptors.open().orElseThrow()).isLessThanOrEqualTo(open + 2));
        }
        assertThat(moved()).isGreaterThan(100L * piece.length);
    }

    private static void tunnel(TestGateway gateway, byte[] piece) throws IOException {
        try (RawClient client = RawClient.to(gateway.inside())) {
            client.send(CONNECT).response(true);
            CompletableFuture<Void> sent = aside(() -> client.send(piece));
            assertThat(client.in().readNBytes(piece.length)).isEqualTo(piece);
            sent.join();
        }
    }
}
