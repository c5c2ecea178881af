package io.laneway.gateway.protocol.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.resilience.Policies;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.FrameUpstream;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.policy.Ejection;
import io.laneway.router.policy.Rate;
import io.laneway.router.policy.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the gateway itself does with calls of gRPC; that it passes them on is for the interoperability suite. */
class GrpcIT {

    private static final String CALL = "content-type: application/grpc+proto\nte: trailers\n";
    private static final String PING = "\0\0\0\0\2ok";

    private static String response(String messages, String trailers) {
        String body = messages.isEmpty() ? "" : Integer.toHexString(messages.length()) + "\n" + messages + "\n";
        return "HTTP/1.1 200 OK\nContent-Type: application/grpc\nTransfer-Encoding: chunked\n\n" + body + "0\n"
                + trailers + "\n";
    }

    private static FrameSocket.Response call(FrameSocket client, int stream, String fields) {
        client.headers(stream, false, FrameSocket.POST + CALL + fields);
        client.data(stream, true, PING);
        return client.response(stream);
    }

    private static Tables table(Upstream upstream) {
        return new Tables().service("a", "master", upstream.port());
    }

    private static void isReply(FrameSocket.Response response, String status) {
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.field("content-type")).isEqualTo("application/grpc");
        assertThat(response.field("grpc-status")).isEqualTo(status);
        assertThat(response.body()).isEmpty();
        assertThat(response.trailers()).isEmpty();
    }

    @Test
    void passesCallsOnAndCountsTheirMessages() {
        try (Upstream upstream = Upstream.responding(request -> response(PING + PING + PING, "grpc-status: 0\n"));
                TestGateway gateway = TestGateway.over(
                        table(upstream).protocol(Protocol.HTTP1).build());
                FrameSocket client = FrameSocket.client(gateway.port())) {
            FrameSocket.Response response = call(client, 1, "");

            assertThat(response.body()).isEqualTo(PING + PING + PING);
            assertThat(response.trailer("grpc-status")).isEqualTo("0");
            await().untilAsserted(() -> assertThat(gateway.observed()).hasSize(1));
            assertThat(gateway.observed().get(0).grpcStatus()).isZero();
            assertThat(gateway.sum(stats -> stats.grpcRequestMessages.get())).isEqualTo(1);
            assertThat(gateway.sum(stats -> stats.grpcResponseMessages.get())).isEqualTo(3);
        }
    }

    @Test
    void repliesItselfInTrailersOnlyForm() throws Exception {
        Tables tables = new Tables()
                .lane("s", LaneMode.STRICT)
                .service("dead", "master", 1)
                .service("none", "master", new int[0]);
        try (TestGateway gateway = TestGateway.over(tables.build());
                FrameSocket client = FrameSocket.client(gateway.port())) {
            isReply(to(client, 1, "dead.test", ""), "14");
            FrameSocket.Response unavailable = to(client, 3, "none.test", "");
            isReply(unavailable, "14");
            assertThat(unavailable.field("grpc-message")).isEqualTo("no healthy upstream");
            assertThat(unavailable.field("x-laneway-decision")).isEqualTo("base_unavailable");
            assertThat(unavailable.field("x-request-id")).hasSize(36);
            isReply(to(client, 5, "nobody.test", ""), "5");
            assertThat(gateway.observed())
                    .extracting(TestGateway.Observed::grpcStatus)
                    .containsExactly(14, 14, 5);
            assertThat(gateway.observed())
                    .extracting(TestGateway.Observed::flag)
                    .containsExactly("UF", "UH", "NR");
        }
    }

    @Test
    void aCallThatNoRouteWantsIsNotFoundAndUnimplementedWhereRoutesNamePorts() throws Exception {
        String routes = """
                schema: 1
                services: [{name: s, deployments: [{lane: master, endpoints: ["127.0.0.1:1"]}]}]
                routes:
                  - {hosts: [s.test], path: /s/Other, service: s}
                  - {hosts: [s.test], path: /s/M, match: {method: GET}, services: [{status: 503}]}
                  - {hosts: [broken.test], path: /s, services: [{status: 503}]}
                """;
        String byPort = "  - {hosts: [any.test], path: /, match: {ports: [1]}, service: s}\n";
        for (String unwanted : List.of("5", "12")) {
            String table = unwanted.equals("5") ? routes : routes + byPort;
            try (TestGateway gateway = TestGateway.over(Tables.read(table));
                    FrameSocket client = FrameSocket.client(gateway.port())) {
                isReply(to(client, 1, "s.test", ""), unwanted);
                isReply(to(client, 3, "nobody.test", ""), unwanted);
                isReply(to(client, 5, "broken.test", ""), "14");
            }
        }
    }

    private static FrameSocket.Response to(FrameSocket client, int stream, String host, String fields) {
        client.headers(
                stream, false, ":method: POST\n:scheme: http\n:path: /s/M\n:authority: " + host + "\n" + CALL + fields);
        client.data(stream, true, PING);
        return client.response(stream);
    }

    @Test
    void answersClientsOfHttp1AsAnyOther() {
        try (TestGateway gateway = TestGateway.over(Tables.one());
                RawClient client = gateway.client()) {
            RawClient.Response response = client.get("/", "content-type: application/grpc\n");
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("content-type")).isEqualTo("application/problem+json");
        }
    }

    @Test
    void saysThatALimitIsReached() {
        Rate rate = new Rate(1, Duration.ofHours(1), 1, Rate.Key.SOURCE, "");
        try (Upstream upstream = Upstream.responding(request -> response(PING, "grpc-status: 0\n"));
                TestGateway gateway = TestGateway.over(table(upstream)
                        .protocol(Protocol.HTTP1)
                        .policy(Policies.with(rate))
                        .build());
                FrameSocket client = FrameSocket.client(gateway.port())) {
            assertThat(call(client, 1, "").trailer("grpc-status")).isEqualTo("0");
            FrameSocket.Response limited = call(client, 3, "");
            isReply(limited, "8");
            assertThat(limited.field("retry-after")).isNotNull();
        }
    }

    private static boolean waitsFor(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 4, false", "100, 4, true", "0, 14, false", "0, 14, true"})
    void aCallThatIsResetPastItsDeadlineHasExceededIt(int passed, String status, boolean begun) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch late = new CountDownLatch(1);
        try (FrameUpstream upstream = FrameUpstream.scripted((connection, number) -> {
                    int stream = connection.await(FrameSocket.HEADERS).stream();
                    if (begun) {
                        connection.headers(stream, false, ":status: 200\ncontent-type: application/grpc\n");
                        connection.data(stream, false, PING);
                    }
                    asked.countDown();
                    assertThat(waitsFor(late)).isTrue();
                    connection.reset(stream, 8);
                });
                TestGateway gateway = TestGateway.over(new Tables()
                        .service("a", "master", upstream.port())
                        .protocol(Protocol.H2C)
                        .build());
                FrameSocket client = FrameSocket.client(gateway.port())) {
            client.headers(1, true, FrameSocket.POST + CALL + "grpc-timeout: 100m\n");
            asked.await();
            gateway.pass(Duration.ofMillis(passed));
            late.countDown();
            FrameSocket.Response response = client.response(1);
            assertThat(begun ? response.trailer("grpc-status") : response.field("grpc-status"))
                    .isEqualTo(status);
        }
    }

    @Test
    void endsACallAtItsDeadlineAndCancelsItUpstream() {
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    conversation.read();
                    assertThat(conversation.in().read()).as("cut").isEqualTo(-1);
                });
                TestGateway gateway = TestGateway.over(
                        table(upstream).protocol(Protocol.HTTP1).build());
                FrameSocket client = FrameSocket.client(gateway.port())) {
            long start = System.nanoTime();
            FrameSocket.Response late = call(client, 1, "grpc-timeout: 200m\n");
            isReply(late, "4");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
            assertThat(gateway.observed().get(0).flag()).isEqualTo("UT");
            await().untilAsserted(() ->
                    assertThat(gateway.sum(stats -> stats.activeRequests.get())).isZero());
        }
    }

    @Test
    void endsACallThatHasBegunToAnswerWithTrailers() {
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    conversation.read();
                    conversation.send(
                            "HTTP/1.1 200 OK\nContent-Type: application/grpc\nTransfer-Encoding: chunked\n\n7\n" + PING
                                    + "\n");
                    conversation.in().read();
                });
                TestGateway gateway = TestGateway.over(
                        table(upstream).protocol(Protocol.HTTP1).build());
                FrameSocket client = FrameSocket.client(gateway.port())) {
            FrameSocket.Response late = call(client, 1, "grpc-timeout: 300m\n");
            assertThat(late.body()).isEqualTo(PING);
            assertThat(late.trailer("grpc-status")).isEqualTo("4");
            assertThat(late.reset()).isEqualTo(-1);
        }
    }

    @Test
    void boundsTheDeadlineByThePolicyUntilTheResponseBegins() {
        Timeouts timeouts = new Timeouts(Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofMinutes(5));
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    conversation.read();
                    conversation.in().read();
                });
                TestGateway gateway = TestGateway.over(table(upstream)
                        .protocol(Protocol.HTTP1)
                        .policy(Policies.with(timeouts))
                        .build());
                FrameSocket client = FrameSocket.client(gateway.port())) {
            isReply(call(client, 1, "grpc-timeout: 1H\n"), "4");
        }
    }

    @Test
    void ejectsByTheStatusOfCalls() {
        Ejection ejection = new Ejection(3, Duration.ofMinutes(1), 50);
        try (Upstream failing = Upstream.responding(request -> response("", "grpc-status: 14\n"));
                Upstream well = Upstream.responding(request -> response(PING, "grpc-status: 0\n"));
                TestGateway gateway = TestGateway.over(new Tables()
                        .service("a", "master", failing.port(), well.port())
                        .protocol(Protocol.HTTP1)
                        .policy(Policies.with(ejection))
                        .build());
                FrameSocket client = FrameSocket.client(gateway.port())) {
            for (int stream = 1; stream < 80; stream += 2) {
                call(client, stream, "");
            }
            assertThat(gateway.sum(stats -> stats.ejections.get())).isEqualTo(1);
            assertThat(failing.requests()).hasSize(3);
        }
    }
}
