package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.Fault;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.policy.Limits;
import io.laneway.router.policy.Rate;
import io.laneway.router.unit.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is let through, and what the gateway answers itself by a service's policy. */
class LimitsIT {

    private static TestGateway gateway(Upstream upstream, Object... policy) {
        return gateway(2, upstream, policy);
    }

    private static TestGateway gateway(int loops, Upstream upstream, Object... policy) {
        return TestGateway.over(
                new Tables()
                        .lane("f-1")
                        .service("a", "master", upstream.port())
                        .policy(Policies.with(policy))
                        .build(),
                config -> TestGateway.with(config, loops, Transport.AUTO));
    }

    @Test
    void aBreakerOfFiftyNeverLetsAFiftyFirstThrough() throws Exception {
        Gate gate = new Gate();
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger passed = new AtomicInteger();
        int clients = 80;
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try (Upstream upstream = Upstream.responding(gate::pass);
                TestGateway gateway = gateway(4, upstream, new Limits(0, 0, 50))) {
            for (int round = 0; round < 20; round++) {
                gate.shut();
                int refusedBefore = refused.get();
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < clients; i++) {
                    running.add(threads.submit(() -> {
                        try (RawClient client = gateway.client()) {
                            (client.get("/").status() == 200 ? passed : refused).incrementAndGet();
                        }
                    }));
                }
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> refused.get() - refusedBefore == clients - 50 && gate.inside() == 50);
                gate.open();
                for (Future<?> each : running) {
                    each.get();
                }
            }
            System.out.println("breaker of 50 over 4 event loops: sent " + 20 * clients + ", passed " + passed
                    + ", refused " + refused + ", most at a time " + gate.most());
            assertThat(gate.most()).isEqualTo(50);
            assertThat(passed.get()).isEqualTo(20 * 50);
            assertThat(gateway.observed().stream().filter(e -> e.status() == 503))
                    .allMatch(e -> e.flag().equals("UO"));
        } finally {
            gate.open();
            threads.shutdownNow();
        }
    }

    @Test
    void keepsARateForEachKeyThroughSockets() {
        int keys = 100;
        AtomicLong clock = new AtomicLong(1);
        Rate rate = new Rate(100, Duration.ofSeconds(1), 100, Rate.Key.HEADER, "x-key");
        try (Upstream upstream = Upstream.saying("ok");
                TestGateway gateway = TestGateway.over(
                        new Tables()
                                .service("a", "master", upstream.port())
                                .policy(Policies.with(rate))
                                .build(),
                        config -> TestGateway.with(config, 2, Transport.AUTO),
                        new TestGateway.Hands(clock::get, () -> 0));
                RawClient client = gateway.client()) {
            int least = Integer.MAX_VALUE;
            int most = 0;
            for (int key = 0; key < keys; key++) {
                // a burst, then a quarter of a second at four times the rate
                int through = offer(client, key, 110);
                for (int step = 0; step < 25; step++) {
                    clock.addAndGet(10_000_000);
                    through += offer(client, key, 4);
                }
                least = Math.min(least, through);
                most = Math.max(most, through);
            }
            System.out.println("rate of 100/s with burst 100: sent 210 for each of " + keys
                    + " keys in a burst and 0.25 s, through per key " + least + " to " + most);
            assertThat(most).isEqualTo(125);
            assertThat(least).isEqualTo(125);
        }
    }

    private static int offer(RawClient client, int key, int requests) {
        client.send(("GET / HTTP/1.1\nHost: a.test\nx-key: " + key + "\n\n").repeat(requests));
        int through = 0;
        for (int i = 0; i < requests; i++) {
            through += client.response().status() == 200 ? 1 : 0;
        }
        return through;
    }

    /** Its time passes only as it is told. */
    private static TestGateway stopped(Upstream upstream, Rate rate) {
        return TestGateway.over(
                new Tables()
                        .service("a", "master", upstream.port())
                        .policy(Policies.with(rate))
                        .build(),
                config -> TestGateway.with(config, 2, Transport.AUTO),
                new TestGateway.Hands(() -> 1, () -> 0));
    }

    @Test
    void answers429WithWordsOnWhenToComeBack() {
        Rate rate = new Rate(1, Duration.ofMinutes(1), 2, Rate.Key.HEADER, "x-key");
        try (Upstream upstream = Upstream.saying("ok");
                TestGateway gateway = stopped(upstream, rate);
                RawClient client = gateway.client()) {
            assertThat(client.get("/", "x-key: one\n").status()).isEqualTo(200);
            assertThat(client.get("/", "x-key: one\n").status()).isEqualTo(200);
            RawClient.Response third = client.get("/", "x-key: one\n");
            assertThat(third.status()).isEqualTo(429);
            assertThat(third.header("retry-after")).isEqualTo("60");
            assertThat(third.header("ratelimit")).isEqualTo("\"default\";r=0;t=60");
            assertThat(third.header("ratelimit-policy")).isEqualTo("\"default\";q=1;w=60");
            assertThat(client.get("/", "x-key: two\n").status()).isEqualTo(200);
            assertThat(gateway.observed().get(2).flag()).isEqualTo("RL");
        }
    }

    @Test
    void makesTheFaultThatALaneAsksForAndNoOther() {
        Fault fault = new Fault("f-1", Duration.ofMillis(60), 418, Share.parse("100%"));
        try (Upstream upstream = Upstream.saying("ok");
                TestGateway gateway = gateway(upstream, fault);
                RawClient client = gateway.client()) {
            long before = System.nanoTime();
            assertThat(client.send("POST / HTTP/1.1\nHost: a.test\ntrace-branch: f-1\nContent-Length: 3\n\nabc")
                            .response()
                            .status())
                    .isEqualTo(418);
            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(60_000_000L);
            assertThat(client.get("/").status()).isEqualTo(200);
            assertThat(gateway.observed().get(0).flag()).isEqualTo("FI");
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void changesHeadersAsTheRulesSay() {
        HeaderRules rules = new HeaderRules(
                new HeaderRules.Edit(Map.of("x-a", "set"), Map.of("x-b", "added"), List.of("x-c", "host")),
                new HeaderRules.Edit(Map.of("server", "ours"), Map.of(), List.of("x-secret")));
        try (Upstream upstream = Upstream.responding(
                        request -> "HTTP/1.1 200 OK\nServer: theirs\nX-Secret: 1\nContent-Length: 0\n\n");
                TestGateway gateway = gateway(upstream, rules);
                RawClient client = gateway.client()) {
            RawClient.Response response = client.get("/", "x-a: 1\nx-a: 2\nx-b: own\nx-c: 3\n");

            assertThat(response.header("server")).isEqualTo("ours");
            assertThat(response.header("x-secret")).isNull();
            assertThat(upstream.requests().get(0).head())
                    .contains("x-a: set\n", "x-b: own\n", "x-b: added\n", "Host: a.test")
                    .doesNotContain("x-a: 1", "x-a: 2", "x-c");
        }
    }

    @Test
    void answersPreflightsThatNameNoLaneAndPassesOthersOn() {
        Cors cors =
                new Cors(List.of("https://app.test"), List.of("GET", "PUT"), List.of("*"), true, Duration.ofMinutes(5));
        String asks = """
            OPTIONS /x%s HTTP/1.1
            Host: a.test
            Origin: %s
            Access-Control-Request-Method: PUT
            Access-Control-Request-Headers: x-one

            """;
        try (Upstream upstream = Upstream.saying("own answer");
                TestGateway gateway = gateway(upstream, cors);
                RawClient client = gateway.client()) {
            RawClient.Response response =
                    client.send(asks.formatted("", "https://app.test")).response();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("access-control-allow-origin")).isEqualTo("https://app.test");
            assertThat(response.header("access-control-allow-methods")).isEqualTo("GET, PUT");
            assertThat(response.header("access-control-allow-headers")).isEqualTo("x-one");
            assertThat(response.header("access-control-max-age")).isEqualTo("300");
            assertThat(client.send(asks.formatted("", "https://evil.test"))
                            .response()
                            .header("access-control-allow-origin"))
                    .isNull();
            assertThat(upstream.requests()).isEmpty();
            assertThat(client.send(asks.formatted("?trace-branch=f-1", "https://app.test"))
                            .response()
                            .body())
                    .isEqualTo("own answer");
        }
    }
}
