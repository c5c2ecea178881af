package io.laneway.gateway.server.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.config.DrainConfig;
import io.laneway.gateway.runtime.config.TimeoutsConfig;
import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.service.Protocol;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ends of a gateway, the swap of its table, and the transports under it. */
class DrainIT {

    private static final DrainConfig QUICK = new DrainConfig(Duration.ZERO, Duration.ofMillis(200), null);
    private static final DrainConfig DELAYED = new DrainConfig(Duration.ofSeconds(30), Duration.ofSeconds(30), null);

    private static TestGateway over(Upstream upstream, DrainConfig drain) {
        return TestGateway.over(Tables.one(Protocol.HTTP1, upstream.port()), config -> TestGateway.with(config, drain));
    }

    @Test
    void answersOnceMoreOnIdleAndNewConnectionsWhileLoadBalancersNotice() {
        try (Upstream upstream = Upstream.saying("ok");
                TestGateway gateway = over(upstream, DELAYED);
                RawClient idle = gateway.client()) {
            assertThat(idle.get("/").header("connection")).isNull();
            gateway.plane().drain();
            await().untilAsserted(() -> {
                try (RawClient fresh = gateway.client()) {
                    assertThat(fresh.get("/").header("connection")).isEqualTo("close");
                    assertThat(fresh.closed()).isTrue();
                }
            });
            RawClient.Response last = idle.get("/");
            assertThat(last.status()).isEqualTo(200);
            assertThat(last.header("connection")).isEqualTo("close");
            assertThat(idle.closed()).isTrue();
        }
    }

    @Test
    void keepsAConnectionWhoseResponsePromisedItBeforeTheDrain() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    conversation.read();
                    conversation.send("HTTP/1.1 200 OK\nContent-Length: 4\n\nok");
                    hold(go);
                    conversation.send("ok");
                    conversation.read();
                    conversation.send("HTTP/1.1 200 OK\nContent-Length: 5\n\nagain");
                });
                TestGateway gateway = over(upstream, DELAYED);
                RawClient client = gateway.client();
                RawClient probe = gateway.client()) {
            client.send("GET / HTTP/1.1\nHost: a.test\n\n");
            for (String line = client.line(); !line.isEmpty(); line = client.line()) {
                assertThat(line).doesNotContain("close");
            }
            gateway.plane().drain();
            await().until(() -> "close"
                    .equals(probe.send("GET / HTTP/1.1\nHost: none.test\n\n")
                            .response()
                            .header("connection")));
            go.countDown();
            assertThat(client.read(4)).isEqualTo("okok");
            RawClient.Response response = client.get("/");
            assertThat(response.body()).isEqualTo("again");
            assertThat(response.header("connection")).isEqualTo("close");
        }
    }

    @Test
    void tellsAnHttp2ClientToLeaveOnlyAfterItAsked() {
        try (Upstream upstream = Upstream.saying("ok");
                TestGateway gateway = over(upstream, DELAYED);
                FrameSocket used = FrameSocket.client(gateway.port());
                FrameSocket unused = FrameSocket.client(gateway.port())) {
            assertThat(used.get(1, "/", "").status()).isEqualTo(200);
            gateway.plane().drain();
            assertThat(used.await(FrameSocket.GOAWAY)).isNotNull();
            assertThat(used.get(3, "/", "").status()).as("as it crossed").isEqualTo(200);
            assertThat(used.await(FrameSocket.GOAWAY)).isNotNull();
            assertThat(used.read()).isNull();

            unused.headers(1, true, FrameSocket.GET);
            assertThat(unused.await(FrameSocket.GOAWAY)).isNotNull();
            assertThat(unused.response(1).status()).isEqualTo(200);
        }
    }

    @Test
    void finishesWhatRunsAndClosesTheRest() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (Upstream upstream = Upstream.responding(request -> {
                    hold(go);
                    return "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";
                });
                TestGateway gateway = over(upstream, QUICK);
                RawClient busy = gateway.client();
                RawClient idle = gateway.client()) {
            busy.send("GET / HTTP/1.1\nHost: a.test\n\n");
            await().until(() -> upstream.requests().size() == 1);

            CompletableFuture<Integer> drained = gateway.plane().drain();
            assertThat(idle.closed()).isTrue();
            await().untilAsserted(() -> assertThatThrownBy(gateway::client).isInstanceOf(UncheckedIOException.class));
            assertThat(drained).isNotDone();
            go.countDown();
            RawClient.Response response = busy.response();
            assertThat(response.body()).isEqualTo("ok");
            assertThat(response.header("connection")).isEqualTo("close");
            assertThat(busy.closed()).isTrue();
            assertThat(drained.get(5, TimeUnit.SECONDS)).as("connections cut").isZero();
        }
    }

    @Test
    void doesNotWaitLongerThanTheGraceTime() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        TimeoutsConfig times = new TimeoutsConfig(
                Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(200));
        try (Upstream upstream = Upstream.responding(request -> {
                    hold(never);
                    return "";
                });
                TestGateway gateway =
                        TestGateway.over(Tables.one(upstream.port()), config -> TestGateway.with(config, times));
                RawClient busy = gateway.client()) {
            busy.send("GET / HTTP/1.1\nHost: a.test\n\n");
            await().until(() -> upstream.requests().size() == 1);
            assertThat(gateway.plane().drain().get(5, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(busy.closed()).isTrue();
            never.countDown();
        }
    }

    @Test
    void swapsTheTableWhileRequestsRunOnTheOldOne() {
        CountDownLatch go = new CountDownLatch(1);
        try (Upstream old = Upstream.responding(request -> {
                    hold(go);
                    return "HTTP/1.1 200 OK\nContent-Length: 3\n\nold";
                });
                Upstream fresh = Upstream.saying("new");
                TestGateway gateway = TestGateway.over(Tables.one(old.port()));
                RawClient first = gateway.client();
                RawClient second = gateway.client()) {
            first.send("GET / HTTP/1.1\nHost: a.test\n\n");
            await().until(() -> old.requests().size() == 1);
            gateway.table(Tables.one(fresh.port()));
            assertThat(second.get("/").body()).isEqualTo("new");
            go.countDown();
            assertThat(first.response().body()).isEqualTo("old");
            assertThat(first.get("/").body()).isEqualTo("new");
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void worksOnEveryTransportWithSeveralLoops(Transport transport) {
        try (Upstream upstream = Upstream.responding(request ->
                        "HTTP/1.1 200 OK\nContent-Length: " + request.body().length() + "\n\n" + request.body());
                TestGateway gateway = TestGateway.over(
                        Tables.one(upstream.port()), config -> TestGateway.with(config, 2, transport))) {
            String body = "x".repeat(100_000);
            for (int i = 0; i < 6; i++) {
                try (RawClient client = gateway.client()) {
                    for (int j = 0; j < 3; j++) {
                        client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: " + body.length() + "\n\n" + body);
                        assertThat(client.response().body()).isEqualTo(body);
                    }
                }
            }
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
