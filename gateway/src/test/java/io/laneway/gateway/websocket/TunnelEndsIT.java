package io.laneway.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.gateway.resilience.Policies;
import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.runtime.eventloop.Sockets;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.StreamPipe;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.gateway.testkit.WebSocket;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.policy.Timeouts;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How tunnels end, one direction after the other or all at once, and how they are held back. */
class TunnelEndsIT {

    private static final String CONNECT = "CONNECT a.test:80 HTTP/1.1\nHost: a.test:80\n\n";
    private static final int PLENTY = 24 << 20;

    @Test
    void aClientThatHasSentAllStillHearsTheResponse() throws Exception {
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    byte[] all = conversation.in().readAllBytes();
                    conversation.send("got " + all.length);
                });
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = RawClient.to(gateway.inside())) {
            RawClient.Response opened = client.send(CONNECT).response(true);
            assertThat(opened.header("x-laneway-lane")).isEqualTo("master");
            client.send(new byte[100_000]);
            client.socket().shutdownOutput();

            assertThat(new String(client.in().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .isEqualTo("got 100000");
            await().untilAsserted(() -> assertThat(gateway.observed()).hasSize(1));
            assertThat(gateway.observed().get(0).flag()).isEqualTo("-");
            assertThat(gateway.observed().get(0).received()).isEqualTo(100_000);
            assertThat(gateway.observed().get(0).sent()).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEndpointThatHasSentAllStillHearsTheClient(boolean http2) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    String head = conversation.head();
                    WebSocket socket = WebSocket.accept(conversation, head);
                    socket.text("bye").endOutput();
                    heard.add(socket.message().length + " " + socket.rest().length);
                });
                TestGateway gateway = TestGateway.over(Tables.one(Protocol.HTTP1, upstream.port()));
                WebSocket socket = http2
                        ? WebSocket.overHttp2(FrameSocket.client(gateway.port()))
                        : WebSocket.overHttp1(gateway.port())) {
            assertThat(socket.read().text()).isEqualTo("bye");
            assertThat(socket.read()).isNull();

            socket.frame(true, WebSocket.BINARY, new byte[70_000]).endOutput();

            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("70000 0");
            await().untilAsserted(() -> assertThat(gateway.observed()).hasSize(1));
            assertThat(gateway.observed().get(0).flag()).isEqualTo("-");
        }
    }

    /** A slow client stops the reading from the endpoint, which is not begun again once the endpoint has sent all. */
    @ParameterizedTest
    @CsvSource({"EPOLL, 500", "EPOLL, 4000", "EPOLL, 4500", "EPOLL, 5000", "EPOLL, 20000", "IO_URING, 4500", "NIO, 4500"
    })
    void anEndpointThatHasSentAllStillHearsASlowClient(Transport transport, int pieces) throws Exception {
        assumeTrue(Sockets.canDo(transport), () -> transport + " is not available here");
        byte[] piece = new byte[1000];
        AtomicLong sent = new AtomicLong();
        BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    conversation.head();
                    conversation.send("HTTP/1.1 101 Switching Protocols\nConnection: Upgrade\nUpgrade: tcp\n\n");
                    for (int i = 0; i < pieces; i++) {
                        conversation.sendRaw(piece);
                        sent.addAndGet(piece.length);
                    }
                    conversation.socket().shutdownOutput();
                    heard.add(conversation.in().readAllBytes().length);
                });
                TestGateway gateway = TestGateway.over(
                        Tables.one(upstream.port()), config -> TestGateway.with(config, 1, transport));
                RawClient client = gateway.client()) {
            client.send("GET / HTTP/1.1\nHost: a.test\nConnection: Upgrade\nUpgrade: tcp\n\n");
            assertThat(client.response().status()).isEqualTo(101);
            whenStill(sent);
            assertThat(client.in().readAllBytes()).hasSize(pieces * piece.length);

            client.send(new byte[70_000]);
            client.socket().shutdownOutput();
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(70_000);
        }
    }

    @Test
    void aStreamOfHttp2EndsOneDirectionAfterTheOther() throws Exception {
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    WebSocket socket = WebSocket.accept(conversation, conversation.head());
                    socket.send(String.valueOf(socket.rest().length).getBytes(StandardCharsets.ISO_8859_1));
                });
                TestGateway gateway = TestGateway.over(Tables.one(Protocol.HTTP1, upstream.port()));
                StreamPipe pipe = StreamPipe.open(
                        FrameSocket.client(gateway.port()),
                        1,
                        ":method: CONNECT\n:protocol: websocket\n:scheme: http\n:path: /\n:authority: a.test\n")) {
            assertThat(pipe.head()).startsWith(":status: 200");
            pipe.out().write(new byte[200_000]);
            pipe.endOutput();

            assertThat(new String(pipe.in().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .isEqualTo("200000");
        }
    }

    @Test
    void anEndpointThatIsGoneEndsBothDirections() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    WebSocket.accept(conversation, conversation.head()).text("x");
                    hold(go);
                    conversation.socket().setSoLinger(true, 0);
                });
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                WebSocket socket = WebSocket.overHttp1(gateway.port())) {
            assertThat(socket.read().text()).isEqualTo("x");
            go.countDown();
            assertThat(socket.read()).isNull();
            await().untilAsserted(() -> assertThat(gateway.observed()).hasSize(1));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closesWhatStandsIdle(boolean http2) {
        try (Upstream upstream = WebSocket.echoing();
                TestGateway gateway = TestGateway.over(idle(upstream.port(), Duration.ofMinutes(1)));
                WebSocket socket = http2
                        ? WebSocket.overHttp2(FrameSocket.client(gateway.port()))
                        : WebSocket.overHttp1(gateway.port())) {
            assertThat(socket.text("hi").read().text()).isEqualTo("hi");
            gateway.pass(Duration.ofSeconds(61));
            assertThat(socket.read()).isNull();
            await().untilAsserted(() -> assertThat(gateway.observed()).hasSize(1));
            assertThat(gateway.observed().get(0).flag()).isEqualTo("UT");
            assertThat(gateway.observed().get(0).status()).isEqualTo(101);
        }
    }

    private static LaneTable idle(int port, Duration idle) {
        Timeouts times = new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(15), idle);
        return new Tables()
                .protocol(Protocol.HTTP1)
                .policy(Policies.with(times))
                .service("a", "master", port)
                .build();
    }

    /** An endpoint that does not read holds the client back: what waits inside is bounded. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void holdsAClientBackThatIsFasterThanItsEndpoint(boolean http2) throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        AtomicLong got = new AtomicLong();
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    WebSocket.accept(conversation, conversation.head());
                    hold(read);
                    byte[] buffer = new byte[1 << 16];
                    for (int n = conversation.in().read(buffer);
                            n >= 0;
                            n = conversation.in().read(buffer)) {
                        got.addAndGet(n);
                    }
                });
                TestGateway gateway = TestGateway.over(Tables.one(Protocol.HTTP1, upstream.port()));
                WebSocket socket = http2
                        ? WebSocket.overHttp2(FrameSocket.client(gateway.port()))
                        : WebSocket.overHttp1(gateway.port())) {
            AtomicLong sent = new AtomicLong();
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
                byte[] piece = socket.bytes(true, WebSocket.BINARY, new byte[(1 << 16) - 14]);
                while (sent.get() < PLENTY) {
                    socket.send(piece);
                    sent.addAndGet(piece.length);
                }
                socket.endOutput();
            });
            long held = whenStill(sent);
            assertThat(held).isLessThan(PLENTY / 2);

            read.countDown();
            sender.get(20, TimeUnit.SECONDS);
            await().untilAsserted(() -> assertThat(got.get()).isEqualTo(sent.get()));
        }
    }

    /** What a counter shows when it has not moved for a while. */
    private static long whenStill(AtomicLong counter) {
        long[] last = {-1};
        await().pollDelay(Duration.ofMillis(100))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    boolean still = counter.get() > 0 && counter.get() == last[0];
                    last[0] = counter.get();
                    return still;
                });
        return last[0];
    }

    @Test
    void aTunnelCarriesBytesBothWaysAtOnce() throws Exception {
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    byte[] buffer = new byte[8192];
                    OutputStream out = conversation.socket().getOutputStream();
                    for (int n = conversation.in().read(buffer);
                            n >= 0;
                            n = conversation.in().read(buffer)) {
                        out.write(buffer, 0, n);
                    }
                });
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = RawClient.to(gateway.inside())) {
            client.send(CONNECT).response(true);
            byte[] piece = new byte[100_000];
            CompletableFuture<RawClient> sent = CompletableFuture.supplyAsync(() -> client.send(piece));
            assertThat(client.read(piece.length)).hasSize(piece.length);
            sent.join();
            assertThat(isOpen(client.socket())).isTrue();
        }
    }

    private static boolean isOpen(Socket socket) throws IOException {
        socket.setSoTimeout(100);
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
