package io.laneway.gateway.server.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.resilience.Policies;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.PassingTime;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.policy.Retries;
import io.laneway.router.policy.Timeouts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long bodies may take, of requests and of responses: as long as they come on. */
class BodyBoundsIT {

    private static final Duration REQUEST = Timeouts.DEFAULT.request();
    private static final Duration IDLE = Timeouts.DEFAULT.idle();
    private static final Duration LONG = Duration.ofSeconds(70);
    private static final int PIECES = 3;

    /** Lets the endpoint send its next piece. */
    private final Semaphore next = new Semaphore(0);

    private final Upstream upstream = Upstream.scripted(this::pieces);
    private TestGateway gateway = TestGateway.over(Tables.one(Protocol.HTTP1, upstream.port()));

    /** Reads the request, then sends the head and pieces of its body as it is let. */
    private void pieces(Upstream.Conversation conversation) throws IOException {
        Upstream.Request request = conversation.read();
        String framing = request.header("x-framing");
        conversation.send("HTTP/1.1 200 OK\nContent-Type: application/x-ndjson\n"
                + (framing == null ? "Content-Length: 6" : framing) + "\n\n");
        boolean chunked = framing != null && framing.startsWith("Transfer");
        for (int piece = 1; piece <= PIECES; piece++) {
            next.acquireUninterruptibly();
            conversation.send((chunked ? "2\n" : "") + piece + "." + (chunked ? "\n" : ""));
        }
        conversation.send(chunked ? "0\n\n" : "");
    }

    private void over(Timeouts timeouts) {
        gateway.close();
        gateway = TestGateway.over(table(timeouts));
    }

    private io.laneway.router.model.LaneTable table(Object... parts) {
        return new Tables()
                .protocol(Protocol.HTTP1)
                .policy(Policies.with(parts))
                .service("a", "master", upstream.port())
                .build();
    }

    private static Timeouts timeouts(Duration total, int minRate) {
        return new Timeouts(Duration.ofSeconds(1), REQUEST, IDLE, Duration.ZERO, total, minRate);
    }

    /** An endpoint takes the request. */
    private void taken() {
        await().until(() -> gateway.count("a", "master", stats -> stats.busyConnections) == 1);
    }

    private String flag() {
        await().until(() ->
                gateway.observed().stream().anyMatch(each -> each.service().equals("a")));
        return gateway.observed().stream()
                .filter(each -> each.service().equals("a"))
                .findFirst()
                .orElseThrow()
                .flag();
    }

    @AfterEach
    void close() {
        next.release(10);
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 6", "Transfer-Encoding: chunked", "Connection: close"})
    void aResponseMayTakeAsLongAsItComesOn(String framing) throws IOException {
        try (RawClient client = gateway.client()) {
            client.send("GET / HTTP/1.1\nHost: a.test\nConnection: close\nx-framing: " + framing + "\n\n");
            StringBuilder text = new StringBuilder();
            for (int piece = 1; piece <= PIECES; piece++) {
                next.release();
                while (!text.toString().contains(piece + ".")) {
                    String more = client.read(1);
                    assertThat(more).as("cut behind %s", text).isNotEmpty();
                    text.append(more);
                }
                PassingTime.pass(gateway, LONG);
            }
            client.in().readAllBytes();
        }
        assertThat(flag()).isEqualTo("-");
    }

    @Test
    void aResponseMayTakeAsLongOverHttp2() {
        try (FrameSocket client = FrameSocket.client(gateway.port())) {
            client.headers(1, true, FrameSocket.GET);
            assertThat(client.fields(client.await(FrameSocket.HEADERS))).startsWith(":status: 200");
            for (int piece = 1; piece <= PIECES; piece++) {
                next.release();
                assertThat(client.await(FrameSocket.DATA).text()).isEqualTo(piece + ".");
                client.frame(FrameSocket.PING, 0, 0, new byte[8]);
                PassingTime.pass(gateway, Duration.ofSeconds(20));
            }
        }
        assertThat(flag()).isEqualTo("-");
    }

    @Test
    void aResponseThatStopsToComeIsCut() throws IOException {
        try (RawClient client = gateway.client()) {
            client.send("GET / HTTP/1.1\nHost: a.test\n\n");
            next.release();
            while (!client.line().isEmpty()) {
                // the head
            }
            assertThat(client.read(2)).isEqualTo("1.");
            PassingTime.pass(gateway, IDLE.plusSeconds(1));
            assertThat(client.closed()).isTrue();
        }
        assertThat(flag()).isEqualTo("UT");
    }

    @ParameterizedTest
    @CsvSource({"inside, 240", "edge, 0"})
    void anUploadMayTrickleWhereNoRateIsAsked(String listener, int minRate) {
        over(timeouts(Duration.ZERO, minRate));
        next.release(PIECES);
        try (RawClient client = RawClient.to(gateway.port(listener))) {
            client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: 15\n\n");
            taken();
            for (int piece = 1; piece <= PIECES; piece++) {
                PassingTime.pass(gateway, LONG);
                client.send("12345");
            }
            assertThat(client.response().body()).isEqualTo("1.2.3.");
        }
        assertThat(upstream.requests().get(0).body()).hasSize(15);
    }

    @Test
    void anUploadMayTrickleOverHttp2() {
        next.release(PIECES);
        try (FrameSocket client = FrameSocket.client(gateway.inside())) {
            client.headers(1, false, FrameSocket.POST);
            taken();
            for (int piece = 1; piece <= PIECES; piece++) {
                client.frame(FrameSocket.PING, 0, 0, new byte[8]);
                PassingTime.pass(gateway, Duration.ofSeconds(20));
                client.data(1, piece == PIECES, "12345");
            }
            assertThat(client.response(1).body()).isEqualTo("1.2.3.");
        }
    }

    @Test
    void anUploadFromOutsideMayTakeAsLongAsItMakesTheRate() {
        next.release(PIECES);
        try (RawClient client = gateway.client()) {
            client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: 30000\n\n");
            taken();
            for (int piece = 1; piece <= PIECES; piece++) {
                client.send("x".repeat(piece < PIECES ? 10_000 : 9_999));
                PassingTime.pass(gateway, Duration.ofSeconds(20));
            }
            client.send("x");
            assertThat(client.response().body()).isEqualTo("1.2.3.");
        }
        assertThat(flag()).isEqualTo("-");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anUploadFromOutsideThatTricklesIsCut(boolean http2) {
        try (RawClient client = gateway.client();
                FrameSocket frames = FrameSocket.client(gateway.port())) {
            if (http2) {
                frames.headers(1, false, FrameSocket.POST).data(1, false, "x".repeat(10_000));
            } else {
                client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: 30000\n\n" + "x".repeat(10_000));
            }
            frames.frame(FrameSocket.PING, 0, 0, new byte[8]);
            taken();
            PassingTime.pass(gateway, Duration.ofSeconds(16));
            frames.frame(FrameSocket.PING, 0, 0, new byte[8]);
            PassingTime.pass(gateway, Duration.ofSeconds(16));
            assertThat(http2 ? frames.response(1).status() : client.response().status())
                    .isEqualTo(408);
        }
        assertThat(flag()).isEqualTo("SI");
    }

    /** 400 bytes a second, in frames of 16 KiB, each of which takes 40 s. */
    @Test
    void aLargeFrameOnASlowLineIsABodyThatComesOn() {
        next.release(PIECES);
        byte[] frame = FrameSocket.bytes(16_000, FrameSocket.DATA, FrameSocket.END_STREAM, 1, new byte[16_000]);
        try (FrameSocket client = FrameSocket.client(gateway.port())) {
            client.headers(1, false, FrameSocket.POST);
            taken();
            for (int at = 0; at < frame.length; ) {
                int n = Math.min(4_800, frame.length - at);
                client.send(java.util.Arrays.copyOfRange(frame, at, at + n));
                at += n;
                PassingTime.pass(gateway, Duration.ofSeconds(12));
            }
            assertThat(client.response(1).body()).isEqualTo("1.2.3.");
        }
    }

    @Test
    void anEndpointThatTakesNoMoreOfABodyIsNotItsClientsFault() {
        Semaphore go = new Semaphore(0);
        try (Upstream full = Upstream.scripted(conversation -> {
                    conversation.head();
                    go.acquireUninterruptibly();
                });
                RawClient client = gateway.client()) {
            gateway.table(Tables.one(Protocol.HTTP1, full.port()));
            byte[] piece = new byte[1 << 20];
            Thread sender = new Thread(() -> {
                client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: 40000000\n\n");
                try {
                    for (int i = 0; i < 38; i++) {
                        client.send(piece);
                    }
                } catch (java.io.UncheckedIOException e) {
                    return; // the response came first, as it should
                }
            });
            sender.setDaemon(true);
            sender.start();
            taken();
            PassingTime.pass(gateway, Duration.ofSeconds(16));
            PassingTime.pass(gateway, Duration.ofSeconds(16));
            assertThat(gateway.observed()).allMatch(each -> !each.service().equals("a"));
            await().until(() -> {
                gateway.pass(IDLE);
                return client.in().available() > 0;
            });
            assertThat(client.response().status()).isEqualTo(504);
            go.release();
        }
        assertThat(flag()).isEqualTo("UT");
    }

    @Test
    void oneAttemptIsNotBoundedByTheTimeThatItsBodyTakes() {
        Retries hasty = new Retries(1, Set.of(), Retries.Methods.ALL, 20, Duration.ofSeconds(1), false);
        gateway.close();
        gateway = TestGateway.over(table(hasty));
        try (RawClient client = RawClient.to(gateway.inside())) {
            client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: 2\n\nx");
            taken();
            PassingTime.pass(gateway, LONG);
            client.send("y");
            next.release(PIECES);
            assertThat(client.response().body()).isEqualTo("1.2.3.");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void totalBoundsTheWhole(boolean http2) {
        over(timeouts(Duration.ofSeconds(60), 240));
        try (RawClient client = gateway.client();
                FrameSocket frames = FrameSocket.client(gateway.port())) {
            if (http2) {
                frames.headers(1, true, FrameSocket.GET);
                next.release();
                assertThat(frames.await(FrameSocket.DATA).text()).isEqualTo("1.");
            } else {
                client.send("GET / HTTP/1.1\nHost: a.test\n\n");
                next.release();
                assertThat(client.read(20)).startsWith("HTTP/1.1 200");
            }
            PassingTime.pass(gateway, Duration.ofSeconds(20));
            assertThat(gateway.observed()).allMatch(each -> !each.service().equals("a"));
            frames.frame(FrameSocket.PING, 0, 0, new byte[8]);
            PassingTime.pass(gateway, Duration.ofSeconds(45));
            if (http2) {
                assertThat(frames.await(FrameSocket.RST_STREAM).stream()).isEqualTo(1);
            } else {
                assertThat(client.read(10_000)).doesNotContain("2.");
            }
        }
        assertThat(flag()).isEqualTo("UT");
    }

    @Test
    void aRequestThatNothingTakesWaitsNoLongerThanItsTime() {
        try (Upstream first = Upstream.scripted(conversation -> {
                    conversation.read();
                    conversation.head();
                });
                RawClient one = RawClient.to(gateway.inside());
                RawClient two = RawClient.to(gateway.inside())) {
            gateway.table(new Tables()
                    .protocol(Protocol.HTTP1)
                    .policy(Policies.with(new io.laneway.router.policy.Limits(1, 0, 0)))
                    .service("a", "master", first.port())
                    .build());
            one.send("GET / HTTP/1.1\nHost: a.test\n\n");
            await().until(() -> first.requests().size() == 1);
            two.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: 10\n\nhel");
            await().until(() -> gateway.plane().open() == 2);
            PassingTime.pass(gateway, Duration.ofSeconds(16));
            assertThat(List.of(one.response().status(), two.response().status()))
                    .containsOnly(504);
        }
    }
}
