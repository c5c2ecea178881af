package io.laneway.gateway.traffic.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.filter.FilterResult;
import io.laneway.gateway.runtime.config.CarrierRule;
import io.laneway.gateway.runtime.config.EntryConfig;
import io.laneway.gateway.runtime.config.FilterConfig;
import io.laneway.gateway.runtime.config.JwtConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.limit.TokenStore.Grant;
import io.laneway.gateway.runtime.limit.TokenStore.Order;
import io.laneway.gateway.testkit.GivenTokens;
import io.laneway.gateway.testkit.KeyPublisher;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.TokenKey;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.link.LinkSigner;
import io.laneway.router.model.LaneTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One exchange that waits at each gate: for its link, its token, its rate and a filter of one's own, in this order. */
class GatesTogetherIT {

    private static final TokenKey KEY = TokenKey.of("k1");
    private static final Duration LONG = Duration.ofSeconds(30);
    private final String claims = "{\"iss\":\"https://id\",\"aud\":\"shop\",\"sub\":\"grace\",\"org\":\"demo\",\"exp\":"
            + Instant.now().plusSeconds(3_600).getEpochSecond() + "}";

    private final Upstream base = Upstream.saying("base");
    private final Upstream branch = Upstream.saying("branch");
    private final KeyPublisher keys = new KeyPublisher(KEY);
    private final LinkSigner signer = LinkSigner.fresh();
    private final Queue<Order> orders = new ConcurrentLinkedQueue<>();
    private final Queue<CompletableFuture<FilterResult>> asked = new ConcurrentLinkedQueue<>();
    private volatile int tokens = 1;

    @AfterEach
    void stop() {
        keys.release();
        keys.close();
        base.close();
        branch.close();
        TestGateway.noneLost();
    }

    private Grant grant(Order order) {
        orders.add(order);
        return new Grant(tokens, tokens > 0 ? 0 : TimeUnit.HOURS.toNanos(1));
    }

    private LaneTable table() {
        LaneTable table = Tables.read("""
            lanes: [{name: f-1}]
            services:
              - name: app
                hosts: [a.test]
                shift: claims
                policy: {rate: {requests: 8, per: 1h, burst: 8, key: tenant, scope: fleet}}
                deployments:
                  - {lane: master, protocol: http1, endpoints: ["127.0.0.1:%d"]}
                  - {lane: f-1, protocol: http1, endpoints: ["127.0.0.1:%d"]}
            shifts:
              - {name: claims, tenant: [{jwtClaim: org}], environments: []}
            """.formatted(base.port(), branch.port()));
        return new LaneTable(
                1,
                table.base(),
                table.carriers(),
                table.lanes().stream().map(lane -> lane.linkedBy(signer.key())).toList(),
                table.services(),
                table.routes(),
                table.shifts());
    }

    private TestGateway gateway(FilterConfig... filters) {
        JwtConfig usual = JwtConfig.of(List.of(JwtConfig.Issuer.of("https://id", List.of("shop"), keys.uri())));
        JwtConfig jwt = new JwtConfig(
                usual.issuers(), true, usual.headers(), usual.forward(), usual.skew(), LONG, usual.failure());
        return TestGateway.over(table(), config -> {
            List<ListenerConfig> listeners = config.listeners().stream()
                    .map(each -> each.name().equals("edge")
                            ? each.entered(EntryConfig.COOKIE)
                                    .with(CarrierRule.SIGNED)
                                    .with(jwt)
                                    .filteredBy(List.of(filters))
                            : each)
                    .toList();
            return TestGateway.with(TestGateway.with(config, listeners), GivenTokens.config(this::grant));
        });
    }

    private static FilterConfig filter(Queue<CompletableFuture<FilterResult>> asked) {
        return GivenFilters.config("timeout: 30s", request -> {
            CompletableFuture<FilterResult> result = new CompletableFuture<>();
            asked.add(result);
            return result;
        });
    }

    private String request(String path) {
        return "POST " + path + " HTTP/1.1\nHost: a.test\nTrace-Branch: f-1\nX-Laneway-Key: "
                + signer.link("f-1", Instant.now().plusSeconds(60)) + "\nAuthorization: Bearer " + KEY.sign(claims)
                + "\nContent-Length: 5\n\nhello";
    }

    @Test
    void aRequestWaitsForItsLinkItsTokenAndItsRateAndArrivesWhole() {
        keys.hold();
        try (TestGateway gateway = gateway();
                RawClient client = gateway.client().send(request("/1") + request("/2"))) {
            await().until(() -> keys.asked() > 0);
            assertThat(orders).as("no rate before the token").isEmpty();
            keys.release();

            assertThat(client.response().body()).isEqualTo("branch");
            assertThat(client.response().body()).isEqualTo("branch");
            assertThat(branch.requests())
                    .extracting(request -> request.startLine() + " " + request.body())
                    .containsExactly("POST /1 HTTP/1.1 hello", "POST /2 HTTP/1.1 hello");
            assertThat(Set.copyOf(orders.stream().map(Order::key).toList()))
                    .as("of one tenant")
                    .hasSize(1);
            assertThat(gateway.plane().parts().rates().waits()).isPositive();

            tokens = 0;
            assertThat(client.send(request("/3")).response().status()).isEqualTo(429);
            assertThat(branch.requests()).hasSize(2);
            assertThat(base.requests()).isEmpty();
        }
    }

    @Test
    void aFilterIsAskedOnceTheRateLetsTheRequestThroughAndNeverElse() {
        try (TestGateway gateway = gateway(filter(asked));
                RawClient client = gateway.client().send(request("/1"))) {
            await().until(() -> !asked.isEmpty());
            assertThat(orders).isNotEmpty();
            assertThat(branch.requests()).isEmpty();
            asked.remove().complete(FilterResult.proceed().set("x-filter", "1"));
            assertThat(client.response().body()).isEqualTo("branch");
            assertThat(branch.requests().get(0).head()).contains("x-filter: 1");
            assertThat(branch.requests().get(0).body()).isEqualTo("hello");

            tokens = 0;
            assertThat(client.send(request("/2")).response().status()).isEqualTo(429);
            assertThat(asked).isEmpty();
            assertThat(branch.requests()).hasSize(1);
        }
    }

    @Test
    void aClientThatLeavesAtAnyGateLeavesNothingBehind() {
        keys.hold();
        try (TestGateway gateway = gateway(filter(asked))) {
            try (RawClient client = gateway.client()) {
                client.send(request("/1"));
                await().until(() -> keys.asked() > 0);
            }
            keys.release();
            try (RawClient client = gateway.client()) {
                client.send(request("/2"));
                await().until(() -> !asked.isEmpty());
            }
            await().until(() -> gateway.observed().size() == 2);
            assertThat(branch.requests()).isEmpty();
            asked.forEach(result -> result.complete(FilterResult.proceed()));
            asked.clear();
            try (RawClient client = gateway.client().send(request("/3"))) {
                await().until(() -> !asked.isEmpty());
                asked.remove().complete(FilterResult.proceed());
                assertThat(client.response().body()).isEqualTo("branch");
            }
        }
    }
}
