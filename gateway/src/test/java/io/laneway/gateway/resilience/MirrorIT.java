package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.testkit.DeadPort;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.policy.Mirror;
import io.laneway.router.policy.Timeouts;
import io.laneway.router.unit.Share;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Copies of requests into another lane: what they say, and that nothing waits for them. */
class MirrorIT {

    private static TestGateway gateway(int base, int mirror, String share) {
        return gateway(base, mirror, share, Timeouts.DEFAULT);
    }

    private static TestGateway gateway(int base, int mirror, String share, Timeouts timeouts) {
        return TestGateway.over(
                new Tables()
                        .lane("f-1")
                        .service("a", "master", base)
                        .service("a", "f-1", mirror)
                        .policy(Policies.with(new Mirror("f-1", Share.parse(share)), timeouts))
                        .build(),
                config -> TestGateway.with(config, 2, Transport.AUTO));
    }

    private static long answered(TestGateway gateway) {
        return gateway.count("a", "f-1", stats -> stats.mirrorsResponded);
    }

    @Test
    void copiesARequestWithItsBodyAndTheMirrorsLaneAndDropsTheResponse() {
        try (Upstream base = Upstream.saying("base");
                Upstream mirror = Upstream.saying("mirror");
                TestGateway gateway = gateway(base.port(), mirror.port(), "100%");
                RawClient client = gateway.client()) {
            RawClient.Response response = client.send("POST /x?y=1 HTTP/1.1\nHost: a.test\nbaggage: k=v\n"
                            + "x-mine: yes\nContent-Length: 4\n\nbody")
                    .response();

            assertThat(response.body()).isEqualTo("base");
            assertThat(response.header("x-laneway-lane")).isEqualTo("master");
            Awaitility.await().until(() -> answered(gateway) == 1);
            Upstream.Request copy = mirror.requests().get(0);
            Upstream.Request original = base.requests().get(0);
            assertThat(copy.startLine()).isEqualTo("POST /x?y=1 HTTP/1.1");
            assertThat(copy.body()).isEqualTo("body");
            assertThat(copy.header("host")).isEqualTo("a.test");
            assertThat(copy.header("trace-branch")).isEqualTo("f-1");
            assertThat(copy.header("baggage")).isEqualTo("k=v,trace-branch=f-1");
            assertThat(copy.header("x-mine")).isEqualTo("yes");
            assertThat(copy.header("x-request-id")).isEqualTo(original.header("x-request-id"));
            assertThat(original.header("trace-branch")).isNull();
            assertThat(original.header("baggage")).isEqualTo("k=v");
            assertThat(gateway.observed()).hasSize(1);
        }
    }

    @Test
    void copiesTheShareAndNotWhatIsForTheMirrorsLaneItself() {
        try (Upstream base = Upstream.saying("base");
                Upstream mirror = Upstream.saying("mirror");
                TestGateway gateway = gateway(base.port(), mirror.port(), "25%");
                RawClient client = gateway.client()) {
            for (int i = 0; i < 400; i++) {
                assertThat(client.get("/").body()).isEqualTo("base");
            }
            Awaitility.await()
                    .until(() -> gateway.count("a", "f-1", stats -> stats.activeRequests) == 0
                            && answered(gateway) == mirror.requests().size());
            long copies = answered(gateway);
            assertThat(copies).isBetween(60L, 140L);
            for (int i = 0; i < 50; i++) {
                assertThat(client.get("/", "trace-branch: f-1\n").body()).isEqualTo("mirror");
            }
            assertThat(answered(gateway)).isEqualTo(copies);
            assertThat(mirror.requests()).hasSize((int) copies + 50);
        }
    }

    @Test
    void nobodyNoticesAMirrorThatIsDeadOrErrsOrBreaksOff() {
        try (DeadPort dead = DeadPort.hold();
                Upstream base = Upstream.saying("base");
                Upstream erring = Upstream.responding(request -> "HTTP/1.1 500 Bug\nContent-Length: 0\n\n");
                Upstream breaking = Upstream.scripted(conversation -> {
                    conversation.read();
                    conversation.send("HTTP/1.1 200 OK\nContent-Length: 100\n\nhalf");
                })) {
            for (int mirror : List.of(dead.number(), erring.port(), breaking.port())) {
                try (TestGateway gateway = gateway(base.port(), mirror, "100%");
                        RawClient client = gateway.client()) {
                    for (int i = 0; i < 50; i++) {
                        assertThat(client.get("/").body()).isEqualTo("base");
                    }
                    Awaitility.await()
                            .until(() -> answered(gateway)
                                            + gateway.count("a", "f-1", stats -> stats.mirrorsFailed)
                                            + gateway.count("a", "f-1", stats -> stats.mirrorsDropped)
                                    == 50);
                    assertThat(answered(gateway)).isEqualTo(mirror == erring.port() ? 50 : 0);
                    assertThat(gateway.observed()).hasSize(50).allMatch(e -> e.status() == 200 && e.retries() == 0);
                }
            }
        }
    }

    @Test
    void aMirrorThatTakesNothingSlowsNobodyAndHoldsNoMoreThanItsBound() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        // more than kernels take for a connection whose other end does not read and has a small buffer
        String body = "x".repeat(16 << 20);
        ServerSocket small = new ServerSocket();
        small.setReceiveBufferSize(16 << 10);
        small.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        Timeouts patient = new Timeouts(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(5));
        try (Upstream base = Upstream.responding(request -> {
                    String length = String.valueOf(request.body().length());
                    return "HTTP/1.1 200 OK\nContent-Length: " + length.length() + "\n\n" + length;
                });
                Upstream stuck = Upstream.scripted(small, conversation -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                TestGateway gateway = gateway(base.port(), stuck.port(), "100%", patient);
                RawClient client = gateway.client()) {
            for (int i = 0; i < 3; i++) {
                RawClient.Response response = client.send(
                                "POST / HTTP/1.1\nHost: a.test\nContent-Length: " + body.length() + "\n\n" + body)
                        .response();
                assertThat(response.body()).isEqualTo(String.valueOf(body.length()));
            }
            assertThat(gateway.count("a", "f-1", stats -> stats.mirrorsDropped)).isEqualTo(3);
            for (int i = 0; i < 400; i++) {
                assertThat(client.get("/").status()).isEqualTo(200);
            }
            // those beyond what may be under way at a time
            assertThat(gateway.count("a", "f-1", stats -> stats.mirrorsDropped)).isEqualTo(3 + 400 - 256);
            assertThat(gateway.count("a", "f-1", stats -> stats.activeRequests)).isEqualTo(256);
        } finally {
            never.countDown();
        }
    }
}
