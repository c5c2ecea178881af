package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.config.Transport;
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
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What is let through, and what the gateway answers itself by a service's policy. */
class LimitsIT {

    private static TestGateway gateway(Upstream upstream, Object... policy) {
        return TestGateway.over(
                new Tables()
                        .lane("f-1")
                        .service("a", "master", upstream.port())
                        .policy(Policies.with(policy))
                        .build(),
                config -> TestGateway.with(config, 2, Transport.AUTO));
    }

    @Test
    void aBreakerOfFiftyNeverLetsAFiftyFirstThrough() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger passed = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(80);
        try (Upstream upstream = Upstream.answering(request -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    LockSupport.parkNanos(2_000_000);
                    now.decrementAndGet();
                    return "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";
                });
                TestGateway gateway = gateway(upstream, new Limits(0, 0, 50))) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                running.add(callers.submit(() -> {
                    try (RawClient client = gateway.client()) {
                        for (int j = 0; j < 50; j++) {
                            (client.get("/").status() == 200 ? passed : refused).incrementAndGet();
                        }
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
            System.out.println(
                    "breaker of 50: sent 4000, passed " + passed + ", refused " + refused + ", most at a time " + most);
            assertThat(most.get()).isLessThanOrEqualTo(50);
            assertThat(passed.get() + refused.get()).isEqualTo(4000);
            assertThat(gateway.observed().stream().filter(e -> e.status() == 503))
                    .allMatch(e -> e.flag().equals("UO"));
            try (RawClient client = gateway.client()) {
                assertThat(client.get("/").status()).isEqualTo(200);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void answers429WithWordsOnWhenToComeBack() {
        Rate rate = new Rate(1, Duration.ofMinutes(1), 2, Rate.Key.HEADER, "x-key");
        try (Upstream upstream = Upstream.saying("ok");
                TestGateway gateway = gateway(upstream, rate);
                RawClient client = gateway.client()) {
            assertThat(client.get("/", "x-key: one\n").status()).isEqualTo(200);
            assertThat(client.get("/", "x-key: one\n").status()).isEqualTo(200);
            RawClient.Answer third = client.get("/", "x-key: one\n");
            assertThat(third.status()).isEqualTo(429);
            assertThat(Integer.parseInt(third.header("retry-after"))).isBetween(55, 60);
            assertThat(third.header("ratelimit")).startsWith("\"default\";r=0;t=");
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
                            .answer()
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
        try (Upstream upstream = Upstream.answering(
                        request -> "HTTP/1.1 200 OK\nServer: theirs\nX-Secret: 1\nContent-Length: 0\n\n");
                TestGateway gateway = gateway(upstream, rules);
                RawClient client = gateway.client()) {
            RawClient.Answer answer = client.get("/", "x-a: 1\nx-a: 2\nx-b: own\nx-c: 3\n");

            assertThat(answer.header("server")).isEqualTo("ours");
            assertThat(answer.header("x-secret")).isNull();
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
            RawClient.Answer answer =
                    client.send(asks.formatted("", "https://app.test")).answer();
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("access-control-allow-origin")).isEqualTo("https://app.test");
            assertThat(answer.header("access-control-allow-methods")).isEqualTo("GET, PUT");
            assertThat(answer.header("access-control-allow-headers")).isEqualTo("x-one");
            assertThat(answer.header("access-control-max-age")).isEqualTo("300");
            assertThat(client.send(asks.formatted("", "https://evil.test"))
                            .answer()
                            .header("access-control-allow-origin"))
                    .isNull();
            assertThat(upstream.requests()).isEmpty();
            assertThat(client.send(asks.formatted("?trace-branch=f-1", "https://app.test"))
                            .answer()
                            .body())
                    .isEqualTo("own answer");
        }
    }
}
