package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.DeadPort;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.policy.Ejection;
import io.laneway.router.policy.Retries;
import io.laneway.router.policy.Retries.On;
import io.laneway.router.policy.Timeouts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is tried again, where, and what is not. */
class RetryIT {

    private static final Retries ON_503 = new Retries(
            1, Set.of(On.STATUS_503, On.RESET_BEFORE_RESPONSE), Retries.Methods.IDEMPOTENT, 20, null, false);
    private static final String UNAVAILABLE = "HTTP/1.1 503 No\nContent-Length: 2\n\nno";

    private static TestGateway gateway(Retries retries, int... ports) {
        return TestGateway.over(new Tables()
                .service("a", "master", ports)
                .policy(Policies.with(retries))
                .build());
    }

    @Test
    void triesAnotherEndpointAfterA503() {
        try (Upstream bad = Upstream.responding(request -> UNAVAILABLE);
                Upstream good = Upstream.saying("good");
                TestGateway gateway = gateway(ON_503, bad.port(), good.port());
                RawClient client = gateway.client()) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.get("/").body()).isEqualTo("good");
            }
            assertThat(bad.requests()).isNotEmpty();
        }
    }

    @Test
    void passesTheResponseOnWhenThereIsNobodyElseAndSaysThatAllRetriesFailed() {
        try (Upstream bad = Upstream.responding(request -> UNAVAILABLE);
                TestGateway gateway = gateway(ON_503, bad.port());
                RawClient client = gateway.client()) {
            RawClient.Response response = client.get("/");

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.body()).isEqualTo("no");
            assertThat(bad.requests()).hasSize(2);
            assertThat(gateway.observed().get(0).flag()).isEqualTo("URX");
        }
    }

    @Test
    void doesNotRepeatWhatIsNotIdempotentUnlessTold() {
        Retries all = new Retries(1, Set.of(On.STATUS_503), Retries.Methods.ALL, 20, null, false);
        try (Upstream bad = Upstream.responding(request -> UNAVAILABLE);
                TestGateway careful = gateway(ON_503, bad.port());
                TestGateway told = gateway(all, bad.port());
                RawClient one = careful.client();
                RawClient two = told.client()) {
            String post = "POST / HTTP/1.1\nHost: a.test\nContent-Length: 3\n\nabc";
            one.send(post).response();
            assertThat(bad.requests()).hasSize(1);
            two.send(post).response();
            assertThat(bad.requests())
                    .hasSize(3)
                    .allMatch(request -> request.body().equals("abc"));
        }
    }

    @Test
    void givesUpAnAttemptThatTakesTooLongAndTriesAnotherEndpoint() {
        Retries bounded = new Retries(
                1, Set.of(On.RESET_BEFORE_RESPONSE), Retries.Methods.IDEMPOTENT, 20, Duration.ofSeconds(5), false);
        CountDownLatch never = new CountDownLatch(1);
        try (Upstream slow = Upstream.responding(request -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return UNAVAILABLE;
                });
                Upstream good = Upstream.saying("good");
                TestGateway gateway = gateway(bounded, slow.port(), good.port());
                RawClient client = gateway.client()) {
            while (slow.requests().isEmpty()) {
                client.send("GET / HTTP/1.1\nHost: a.test\n\n");
                Awaitility.await()
                        .until(() ->
                                client.in().available() > 0 || !slow.requests().isEmpty());
                if (!slow.requests().isEmpty()) {
                    gateway.pass(Duration.ofSeconds(6));
                }
                assertThat(client.response().body()).isEqualTo("good");
            }
            assertThat(gateway.observed()).anyMatch(each -> each.retries() == 1);
        } finally {
            never.countDown();
        }
    }

    @Test
    void repeatsABodyOnlyAsFarAsItWasKept() {
        Retries all = new Retries(1, Set.of(On.STATUS_503), Retries.Methods.ALL, 20, null, false);
        try (Upstream bad = Upstream.responding(request -> UNAVAILABLE);
                TestGateway gateway = gateway(all, bad.port());
                RawClient client = gateway.client()) {
            for (int size : new int[] {60 * 1024, 70 * 1024}) {
                int before = bad.requests().size();
                String body = "x".repeat(size);
                RawClient.Response response = client.send(
                                "POST / HTTP/1.1\nHost: a.test\nContent-Length: " + size + "\n\n" + body)
                        .response();

                assertThat(response.status()).isEqualTo(503);
                assertThat(bad.requests()).hasSize(before + (size > 64 * 1024 ? 1 : 2));
                assertThat(bad.requests()).allMatch(request -> request.body().length() >= 60 * 1024);
            }
        }
    }

    @Test
    void keepsRetriesWithinTheirShareOfWhatIsUnderWay() throws Exception {
        Retries bounded = new Retries(1, Set.of(On.STATUS_503), Retries.Methods.IDEMPOTENT, 20, null, false);
        int clients = 40;
        CyclicBarrier together = new CyclicBarrier(clients);
        Set<String> seen = ConcurrentHashMap.newKeySet();
        Gate again = new Gate();
        again.shut();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try (Upstream bad = Upstream.responding(request -> {
                    if (!seen.add(request.startLine())) {
                        again.pass(request);
                        return UNAVAILABLE;
                    }
                    try {
                        together.await(20, TimeUnit.SECONDS);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    return UNAVAILABLE;
                });
                TestGateway gateway = gateway(bounded, bad.port())) {
            List<Future<String>> responses = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                String path = "/" + i;
                responses.add(threads.submit(() -> {
                    try (RawClient client = gateway.client()) {
                        return client.get(path).body();
                    }
                }));
            }
            // those beyond the budget ask a few times, and are answered while those within it are still under way
            Awaitility.await()
                    .until(() -> responses.stream().filter(Future::isDone).count() >= clients - 8);
            Awaitility.await().until(() -> again.most() > 0);
            assertThat(again.most()).isLessThanOrEqualTo(8);
            again.open();
            int refused = 0;
            for (Future<String> response : responses) {
                refused += response.get().contains("too many retries") ? 1 : 0;
            }
            System.out.println("retry budget of 20 % at 40 requests: sent 40, retried "
                    + (bad.requests().size() - 40) + ", over budget " + refused);
            assertThat(refused).isEqualTo(40 - (bad.requests().size() - 40));
        } finally {
            again.open();
            threads.shutdownNow();
        }
    }

    @Test
    void doesNotBlameTheEndpointForAClientWhoIsSlow() {
        Ejection strict = new Ejection(1, Duration.ofSeconds(30), 100);
        AtomicInteger heads = new AtomicInteger();
        Upstream.Script waiting = conversation -> {
            conversation.head();
            heads.incrementAndGet();
            conversation.in().readAllBytes();
        };
        try (Upstream one = Upstream.scripted(waiting);
                Upstream two = Upstream.scripted(waiting);
                TestGateway gateway = TestGateway.over(new Tables()
                        .service("a", "master", one.port(), two.port())
                        .policy(Policies.with(strict))
                        .build())) {
            for (int i = 0; i < 3; i++) {
                try (RawClient client = gateway.client()) {
                    client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: 10\n\nabc");
                    int seen = i + 1;
                    Awaitility.await().until(() -> heads.get() == seen);
                    gateway.pass(Timeouts.DEFAULT.request().plusSeconds(1));
                    assertThat(client.response().status()).isEqualTo(408);
                    assertThat(gateway.observed().get(i).flag()).isEqualTo("SI");
                }
            }
            assertThat(gateway.count("a", "master", stats -> stats.ejections)).isZero();
        }
    }

    @Test
    void doesWhatPeersWithinAskAndNotWhatStrangersAsk() {
        try (Upstream bad = Upstream.responding(request -> UNAVAILABLE);
                TestGateway gateway = gateway(Retries.DEFAULT, bad.port());
                RawClient inside = RawClient.to(gateway.inside());
                RawClient edge = gateway.client()) {
            String asks = "x-envoy-max-retries: 3\nx-envoy-retry-on: gateway-error\n";
            inside.get("/", asks);
            assertThat(bad.requests()).hasSize(4);
            assertThat(bad.requests().get(0).header("x-envoy-retry-on")).isNull();
            edge.get("/", asks);
            assertThat(bad.requests()).hasSize(5);
        }
    }

    @Test
    void boundsTheTimeThatAPeerWithinNames() {
        try (Upstream silent = Upstream.scripted(conversation -> {
                    conversation.read();
                    conversation.in().readAllBytes();
                });
                TestGateway gateway = gateway(Retries.DEFAULT, silent.port());
                RawClient inside = RawClient.to(gateway.inside())) {
            inside.send("GET / HTTP/1.1\nHost: a.test\nx-envoy-upstream-rq-timeout-ms: 5000\n\n");
            Awaitility.await().until(() -> silent.requests().size() == 1);
            gateway.pass(Duration.ofSeconds(6));

            assertThat(inside.response().status()).isEqualTo(504);
            assertThat(silent.requests()).hasSize(1);
            assertThat(silent.requests().get(0).header("x-envoy-upstream-rq-timeout-ms"))
                    .isNull();
        }
    }

    @Test
    void staysInItsLaneUnlessToldToLeaveIt() {
        Retries crossing = new Retries(1, Retries.DEFAULT.on(), Retries.Methods.IDEMPOTENT, 20, null, true);
        for (Retries retries : new Retries[] {Retries.DEFAULT, crossing}) {
            try (DeadPort dead = DeadPort.hold();
                    Upstream base = Upstream.saying("base");
                    TestGateway gateway = TestGateway.over(new Tables()
                            .lane("f-1")
                            .service("a", "master", base.port())
                            .service("a", "f-1", dead.number())
                            .policy(Policies.with(retries))
                            .build());
                    RawClient client = gateway.client()) {
                RawClient.Response first = client.get("/", "trace-branch: f-1\n");
                assertThat(first.status()).isEqualTo(retries.crossLane() ? 200 : 503);
                RawClient.Response second = client.get("/", "trace-branch: f-1\n");
                assertThat(second.body()).isEqualTo("base");
                assertThat(second.header("x-laneway-lane")).isEqualTo("master");
                assertThat(second.header("x-laneway-decision")).isEqualTo("fallback_unready");
            }
        }
    }
}
