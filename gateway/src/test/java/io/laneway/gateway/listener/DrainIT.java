package io.laneway.gateway.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.gateway.config.TimeoutsConfig;
import io.laneway.gateway.config.Transport;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ends of a gateway, the swap of its table, and the transports under it. */
class DrainIT {

    @Test
    void finishesWhatRunsAndClosesTheRest() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (Upstream upstream = Upstream.answering(request -> {
                    await(go);
                    return "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";
                });
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient busy = gateway.client();
                RawClient idle = gateway.client()) {
            busy.send("GET / HTTP/1.1\nHost: a.test\n\n");
            Awaitility.await().until(() -> upstream.requests().size() == 1);

            CompletableFuture<Void> drained = gateway.plane().drain();
            assertThat(idle.closed()).isTrue();
            assertThatThrownBy(() -> gateway.client().get("/")).isInstanceOf(Exception.class);
            assertThat(drained).isNotDone();
            go.countDown();
            RawClient.Answer answer = busy.answer();
            assertThat(answer.body()).isEqualTo("ok");
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(busy.closed()).isTrue();
            drained.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void doesNotWaitLongerThanTheGraceTime() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        TimeoutsConfig times = new TimeoutsConfig(
                Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(200));
        try (Upstream upstream = Upstream.answering(request -> {
                    await(never);
                    return "";
                });
                TestGateway gateway =
                        TestGateway.over(Tables.one(upstream.port()), config -> TestGateway.with(config, times));
                RawClient busy = gateway.client()) {
            busy.send("GET / HTTP/1.1\nHost: a.test\n\n");
            Awaitility.await().until(() -> upstream.requests().size() == 1);
            gateway.plane().drain().get(5, TimeUnit.SECONDS);
            assertThat(busy.closed()).isTrue();
            never.countDown();
        }
    }

    @Test
    void swapsTheTableWhileRequestsRunOnTheOldOne() {
        CountDownLatch go = new CountDownLatch(1);
        try (Upstream old = Upstream.answering(request -> {
                    await(go);
                    return "HTTP/1.1 200 OK\nContent-Length: 3\n\nold";
                });
                Upstream fresh = Upstream.saying("new");
                TestGateway gateway = TestGateway.over(Tables.one(old.port()));
                RawClient first = gateway.client();
                RawClient second = gateway.client()) {
            first.send("GET / HTTP/1.1\nHost: a.test\n\n");
            Awaitility.await().until(() -> old.requests().size() == 1);
            gateway.table(Tables.one(fresh.port()));
            assertThat(second.get("/").body()).isEqualTo("new");
            go.countDown();
            assertThat(first.answer().body()).isEqualTo("old");
            assertThat(first.get("/").body()).isEqualTo("new");
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void worksOnEveryTransportWithSeveralLoops(Transport transport) {
        try (Upstream upstream = Upstream.answering(request ->
                        "HTTP/1.1 200 OK\nContent-Length: " + request.body().length() + "\n\n" + request.body());
                TestGateway gateway = TestGateway.over(
                        Tables.one(upstream.port()), config -> TestGateway.with(config, 2, transport))) {
            String body = "x".repeat(100_000);
            for (int i = 0; i < 6; i++) {
                try (RawClient client = gateway.client()) {
                    for (int j = 0; j < 3; j++) {
                        client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: " + body.length() + "\n\n" + body);
                        assertThat(client.answer().body()).isEqualTo(body);
                    }
                }
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
