package io.laneway.gateway.server.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.PassingTime;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.service.Protocol;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams that last: passed on piece by piece, and cut by the bounds that are for them alone. */
class StreamingIT {

    private static final Duration LONGER_THAN_A_REQUEST = Duration.ofSeconds(20);

    /** Lets the endpoint send its next piece. */
    private final Semaphore next = new Semaphore(0);

    private final Upstream upstream = Upstream.scripted(this::pieces);
    private final TestGateway gateway =
            TestGateway.over(Tables.one(Protocol.HTTP1, upstream.port()), TestGateway::unguarded);

    private void pieces(Upstream.Conversation conversation) throws IOException {
        String type = conversation.read().header("x-type");
        conversation.send("HTTP/1.1 200 OK\nContent-Type: " + type + "\nTransfer-Encoding: chunked\n\n");
        for (int piece = 1; piece <= 3; piece++) {
            next.acquireUninterruptibly();
            conversation.send("4\nno " + piece + "\n");
        }
        conversation.send("0\n\n");
        conversation.read();
    }

    private String flagOfTheStream() {
        return gateway.observed().stream()
                .filter(each -> each.service().equals("a"))
                .findFirst()
                .map(TestGateway.Observed::flag)
                .orElse("");
    }

    @AfterEach
    void close() {
        next.release(10);
        gateway.close();
        upstream.close();
    }

    @Test
    void eventsPassAtOnceAndForLong() throws IOException {
        try (RawClient client = gateway.client()) {
            client.send("GET / HTTP/1.1\nHost: a.test\nx-type: text/event-stream; charset=utf-8\n\n");
            for (String line = client.line(); !line.isEmpty(); line = client.line()) {
                assertThat(line).doesNotStartWith("content-length");
            }
            for (int piece = 1; piece <= 3; piece++) {
                next.release();
                assertThat(client.line()).isEqualTo("4");
                assertThat(client.line()).isEqualTo("no " + piece);
                pass(LONGER_THAN_A_REQUEST);
            }
            assertThat(client.line()).isEqualTo("0");
        }
        await().untilAsserted(() -> assertThat(flagOfTheStream()).isEqualTo("-"));
    }

    @Test
    void eventsPassAtOnceAndForLongOverHttp2() {
        try (FrameSocket client = FrameSocket.client(gateway.port())) {
            client.headers(1, true, FrameSocket.GET + "x-type: text/event-stream\n");
            assertThat(client.fields(client.await(FrameSocket.HEADERS))).startsWith(":status: 200");
            FrameSocket.Frame data = null;
            for (int piece = 1; piece <= 3; piece++) {
                next.release();
                data = client.await(FrameSocket.DATA);
                assertThat(data.text()).isEqualTo("no " + piece);
                client.frame(FrameSocket.PING, 0, 0, new byte[8]);
                pass(LONGER_THAN_A_REQUEST);
            }
            assertThat(data.endsStream() || client.await(FrameSocket.DATA).endsStream())
                    .isTrue();
        }
    }

    @Test
    void eventsAreCutWhenNothingMovesForLong() throws IOException {
        try (RawClient client = gateway.client()) {
            client.send("GET / HTTP/1.1\nHost: a.test\nx-type: text/event-stream\n\n");
            next.release();
            for (String line = client.line(); !line.equals("no 1"); line = client.line()) {
                assertThat(line).isNotEqualTo("0");
            }
            pass(Duration.ofMinutes(6));
            assertThat(client.closed()).isTrue();
        }
        assertThat(flagOfTheStream()).isEqualTo("UT");
    }

    @Test
    void anUpgradeThatNobodyAnswersIsLate() {
        try (Upstream mute = Upstream.scripted(conversation -> {
                    conversation.read();
                    conversation.head();
                });
                RawClient client = gateway.client()) {
            gateway.table(Tables.one(Protocol.HTTP1, mute.port()));
            client.send("GET / HTTP/1.1\nHost: a.test\nConnection: upgrade\nUpgrade: some\n\n");
            await().until(() -> mute.requests().size() == 1);
            pass(LONGER_THAN_A_REQUEST);
            assertThat(client.response().status()).isEqualTo(504);
        }
    }

    private void pass(Duration time) {
        PassingTime.pass(gateway, time);
    }
}
