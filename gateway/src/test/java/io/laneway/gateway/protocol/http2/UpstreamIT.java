package io.laneway.gateway.protocol.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.resilience.Policies;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.FrameSocket.Frame;
import io.laneway.gateway.testkit.FrameUpstream;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.policy.Retries;
import io.laneway.router.policy.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** HTTP/2 to endpoints: streams refused, cancelled, counted, and connections that go or stand idle. */
class UpstreamIT {

    private static final int CANCEL = 8;
    private static final int REFUSED_STREAM = 7;
    private static final int MAX_CONCURRENT_STREAMS = 3;

    private static TestGateway over(FrameUpstream upstream) {
        return TestGateway.over(Tables.one(Protocol.H2C, upstream.port()));
    }

    /** Answers none of so many requests before the last of them has come. */
    private static void answerTogether(FrameSocket connection, int requests) {
        int[] streams = new int[requests];
        for (int i = 0; i < requests; i++) {
            streams[i] = awaitRequest(connection);
        }
        for (int stream : streams) {
            FrameUpstream.response(connection, stream, "connection 2");
        }
        connection.await(FrameSocket.GOAWAY);
    }

    /** A budget for all streams at once: how long another connection takes is the machine's matter. */
    private static LaneTable retryingAll(int port) {
        Retries plain = Retries.DEFAULT;
        Retries all =
                new Retries(plain.max(), plain.on(), plain.methods(), 100, plain.perTryTimeout(), plain.crossLane());
        return new Tables()
                .protocol(Protocol.H2C)
                .policy(Policies.with(all))
                .service("a", "master", port)
                .build();
    }

    private static int awaitRequest(FrameSocket connection) {
        Frame frame = connection.read();
        while (frame != null && !frame.endsStream()) {
            frame = connection.read();
        }
        return frame == null ? 0 : frame.stream();
    }

    private static List<FrameSocket.Response> post(FrameSocket client, int streams) {
        for (int i = 0; i < streams; i++) {
            client.headers(2 * i + 1, false, FrameSocket.POST).data(2 * i + 1, true, "body");
        }
        return client.responses(streams);
    }

    @Test
    void whatAGoAwayLeavesOutIsSentAgainElsewhere() {
        try (FrameUpstream upstream = FrameUpstream.scripted((connection, number) -> {
                    if (number > 1) {
                        answerTogether(connection, 9);
                        return;
                    }
                    int first = awaitRequest(connection);
                    for (int i = 0; i < 9; i++) {
                        awaitRequest(connection);
                    }
                    FrameUpstream.response(connection, first, "connection 1");
                    connection.frame(
                            FrameSocket.GOAWAY,
                            0,
                            0,
                            (byte) 0,
                            (byte) 0,
                            (byte) 0,
                            (byte) first,
                            (byte) 0,
                            (byte) 0,
                            (byte) 0,
                            (byte) 0);
                    connection.await(FrameSocket.GOAWAY);
                });
                TestGateway gateway = TestGateway.over(retryingAll(upstream.port()));
                FrameSocket client = FrameSocket.client(gateway.port())) {
            List<FrameSocket.Response> responses = post(client, 10);

            assertThat(responses)
                    .hasSize(10)
                    .allSatisfy(response -> assertThat(response.status()).isEqualTo(200));
            assertThat(responses.stream().filter(response -> response.body().equals("connection 1")))
                    .hasSize(1);
            await().untilAsserted(() -> assertThat(gateway.observed()).hasSize(10));
            assertThat(gateway.observed().stream()
                            .mapToInt(TestGateway.Observed::retries)
                            .sum())
                    .isEqualTo(9);
        }
    }

    @Test
    void aRefusedStreamIsSentAgain() {
        try (FrameUpstream upstream = FrameUpstream.scripted((connection, number) -> {
                    int refused = awaitRequest(connection);
                    connection.reset(refused, REFUSED_STREAM);
                    FrameUpstream.answerAll(connection, number);
                });
                TestGateway gateway = over(upstream);
                FrameSocket client = FrameSocket.client(gateway.port())) {
            assertThat(post(client, 1).get(0).body()).isEqualTo("connection 1");
            assertThat(gateway.observed().get(0).retries()).isEqualTo(1);
        }
    }

    @Test
    void manyStreamsShareOneConnection() {
        try (FrameUpstream upstream = FrameUpstream.scripted(FrameUpstream::answerAll, MAX_CONCURRENT_STREAMS, 100);
                TestGateway gateway = over(upstream);
                FrameSocket client = FrameSocket.client(gateway.port())) {
            client.get(1, "/", "");
            for (int stream = 3; stream < 203; stream += 2) {
                client.headers(stream, true, FrameSocket.GET);
            }
            assertThat(client.responses(100))
                    .allSatisfy(response -> assertThat(response.body()).isEqualTo("connection 1"));
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void furtherConnectionsAreOpenedWhereAnEndpointTakesFewStreams() {
        CountDownLatch all = new CountDownLatch(6);
        try (FrameUpstream upstream = FrameUpstream.scripted(
                        (connection, number) -> {
                            int[] streams = {awaitRequest(connection), 0};
                            all.countDown();
                            streams[1] = awaitRequest(connection);
                            all.countDown();
                            awaitQuietly(all);
                            for (int stream : streams) {
                                FrameUpstream.response(connection, stream, "connection " + number);
                            }
                            connection.await(FrameSocket.GOAWAY);
                        },
                        MAX_CONCURRENT_STREAMS,
                        2);
                TestGateway gateway = over(upstream);
                FrameSocket client = FrameSocket.client(gateway.port())) {
            assertThat(post(client, 6))
                    .allSatisfy(response -> assertThat(response.status()).isEqualTo(200));
            assertThat(upstream.connections()).isEqualTo(3);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aCancelledStreamIsCancelledUpstreamAndItsConnectionGoesOn() {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicReference<Frame> seen = new AtomicReference<>();
        try (FrameUpstream upstream = FrameUpstream.scripted((connection, number) -> {
                    awaitRequest(connection);
                    asked.countDown();
                    seen.set(connection.await(FrameSocket.RST_STREAM));
                    FrameUpstream.answerAll(connection, number);
                });
                TestGateway gateway = over(upstream);
                FrameSocket client = FrameSocket.client(gateway.port())) {
            client.headers(1, true, FrameSocket.GET);
            await().until(() -> asked.getCount() == 0);
            client.reset(1, CANCEL);
            await().until(() -> seen.get() != null);
            assertThat(seen.get().error()).isEqualTo(CANCEL);
            assertThat(client.get(3, "/", "").body()).isEqualTo("connection 1");
        }
    }

    @Test
    void aResponseThatIsResetAmidstIsResetForItsClientAlone() {
        try (FrameUpstream upstream = FrameUpstream.scripted((connection, number) -> {
                    int first = awaitRequest(connection);
                    connection.headers(first, false, ":status: 200\n").data(first, false, "some");
                    connection.reset(first, CANCEL);
                    FrameUpstream.answerAll(connection, number);
                });
                TestGateway gateway = over(upstream);
                FrameSocket client = FrameSocket.client(gateway.port())) {
            FrameSocket.Response cut = client.get(1, "/", "");
            assertThat(cut.status()).isEqualTo(200);
            assertThat(cut.reset()).isNotEqualTo(-1);
            assertThat(client.get(3, "/", "").body()).isEqualTo("connection 1");
        }
    }

    @Test
    void trailersPassBothWays() {
        AtomicReference<String> seen = new AtomicReference<>();
        try (FrameUpstream upstream = FrameUpstream.scripted((connection, number) -> {
                    connection.fields(connection.await(FrameSocket.HEADERS));
                    Frame trailers = connection.await(FrameSocket.HEADERS);
                    seen.set(connection.fields(trailers));
                    connection.headers(trailers.stream(), false, ":status: 200\n");
                    connection.data(trailers.stream(), false, "x").headers(trailers.stream(), true, "x-sum: 1\n");
                    connection.await(FrameSocket.GOAWAY);
                });
                TestGateway gateway = over(upstream);
                FrameSocket client = FrameSocket.client(gateway.port())) {
            client.headers(1, false, FrameSocket.POST).data(1, false, "a").headers(1, true, "x-check: 7\n");
            FrameSocket.Response response = client.response(1);
            assertThat(response.body()).isEqualTo("x");
            assertThat(response.trailer("x-sum")).isEqualTo("1");
            assertThat(seen.get()).isEqualTo("x-check: 7\n");
        }
    }

    @Test
    void anUploadThatIsNotTakenStallsNoOther() {
        String much = "u".repeat(16_000);
        try (FrameUpstream upstream = FrameUpstream.scripted((connection, number) -> {
                    int slow = connection.await(FrameSocket.HEADERS).stream();
                    for (Frame frame = connection.read(); frame != null; frame = connection.read()) {
                        if (frame.type() == FrameSocket.DATA && frame.payload().length > 0) {
                            connection.window(0, frame.payload().length);
                            if (frame.stream() != slow && !frame.endsStream()) {
                                connection.window(frame.stream(), frame.payload().length);
                            }
                        }
                        if (frame.endsStream()) {
                            FrameUpstream.response(connection, frame.stream(), "taken");
                        }
                    }
                });
                TestGateway gateway = over(upstream);
                FrameSocket client = FrameSocket.client(gateway.port())) {
            client.headers(1, false, FrameSocket.POST);
            for (int i = 0; i < 4; i++) {
                client.data(1, false, much);
            }
            client.headers(3, false, FrameSocket.POST).data(3, false, much).data(3, true, much);
            assertThat(client.response(3).body()).isEqualTo("taken");
        }
    }

    @Test
    void aQuietConnectionIsPingedAndLeftWhenNobodyAnswers() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch pinged = new CountDownLatch(1);
        Timeouts patient = new Timeouts(Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofHours(1));
        try (FrameUpstream upstream = FrameUpstream.scripted((connection, number) -> {
                    if (number > 1) {
                        FrameUpstream.answerAll(connection, number);
                        return;
                    }
                    awaitRequest(connection);
                    asked.countDown();
                    if (connection.await(FrameSocket.PING) != null) {
                        pinged.countDown();
                    }
                    while (connection.read() != null) {
                        assertThat(number).isEqualTo(1);
                    }
                });
                TestGateway gateway = TestGateway.over(
                        new Tables()
                                .protocol(Protocol.H2C)
                                .policy(Policies.with(patient))
                                .service("a", "master", upstream.port())
                                .build(),
                        TestGateway::unguarded);
                FrameSocket client = FrameSocket.client(gateway.port())) {
            client.headers(1, true, FrameSocket.GET);
            awaitQuietly(asked);
            gateway.pass(Duration.ofSeconds(31));
            awaitQuietly(pinged);
            client.frame(FrameSocket.PING, 0, 0, new byte[8]);
            for (Frame pong = client.await(FrameSocket.PING);
                    pong.flags() == 0;
                    pong = client.await(FrameSocket.PING)) {
                assertThat(pong.payload()).as("the caller is pinged as well").hasSize(8);
            }
            gateway.pass(Duration.ofSeconds(11));
            assertThat(client.response(1).body()).isEqualTo("connection 2");
        }
    }

    @Test
    void aDrainingGatewaySaysGoAwayAndFinishesWhatRuns() {
        CountDownLatch drained = new CountDownLatch(1);
        try (FrameUpstream upstream = FrameUpstream.scripted((connection, number) -> {
                    int stream = awaitRequest(connection);
                    awaitQuietly(drained);
                    FrameUpstream.response(connection, stream, "finished");
                    connection.await(FrameSocket.GOAWAY);
                });
                TestGateway gateway = over(upstream);
                FrameSocket client = FrameSocket.client(gateway.port())) {
            client.headers(1, true, FrameSocket.GET);
            await().until(() -> gateway.sum(stats -> stats.activeRequests.get()) == 1);
            var unused = gateway.plane().drain();
            Frame first = client.await(FrameSocket.GOAWAY);
            assertThat(first.payload()).startsWith(0x7f, 0xff, 0xff, 0xff);
            drained.countDown();
            assertThat(client.response(1).body()).isEqualTo("finished");
            Frame last = client.await(FrameSocket.GOAWAY);
            assertThat(last == null ? new byte[] {0, 0, 0, 1} : last.payload()).startsWith(0, 0, 0, 1);
        }
    }
}
