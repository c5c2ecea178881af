package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.config.BalancingConfig;
import io.laneway.gateway.testkit.DeadPort;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.decision.Explanation;
import io.laneway.router.decision.ListenerTraits;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Ejection;
import io.laneway.router.policy.Policy;
import io.laneway.router.policy.Retries;
import io.laneway.router.request.RequestDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where the requests of a gateway in zone {@code a} go. */
class ZoneIT {

    private final List<Upstream> upstreams = new ArrayList<>();

    @AfterEach
    void close() {
        upstreams.forEach(Upstream::close);
    }

    /** An endpoint in a zone, which it says as its response. */
    private Endpoint in(String zone) {
        return in(zone, Upstream.tireless(zone));
    }

    private Endpoint in(String zone, Upstream upstream) {
        upstreams.add(upstream);
        return new Endpoint("127.0.0.1:" + upstream.port(), 1, zone, true, false);
    }

    private static TestGateway inA(LaneTable table) {
        return TestGateway.over(table, config -> TestGateway.with(config, new BalancingConfig("a", "")));
    }

    private static LaneTable table(Policy policy, Endpoint... endpoints) {
        return new Tables().service("a", "master", endpoints).policy(policy).build();
    }

    private static Map<String, Integer> spread(RawClient client, int requests) {
        Map<String, Integer> spread = new HashMap<>();
        for (int i = 0; i < requests; i++) {
            RawClient.Response response = client.get("/");
            assertThat(response.status()).isEqualTo(200);
            spread.merge(response.body(), 1, Integer::sum);
        }
        return spread;
    }

    private static long crossings(TestGateway gateway) {
        return gateway.count("a", "master", stats -> stats.crossZone);
    }

    @Test
    void staysInItsZoneWhereThatHoldsItsPartOfTheWeights() {
        Endpoint first = in("a");
        Endpoint second = in("a");
        for (Policy policy : List.of(Policy.DEFAULT, Policies.with(Balancer.ROUND_ROBIN))) {
            try (TestGateway gateway = inA(table(policy, in("b"), first, in("b"), second));
                    RawClient client = gateway.client()) {
                assertThat(spread(client, 100)).containsExactly(Map.entry("a", 100));
                assertThat(crossings(gateway)).isZero();
            }
        }
    }

    @Test
    void oneEndpointAmongManyGetsNoMoreThanItsPart() {
        for (Policy policy : List.of(Policy.DEFAULT, Policies.with(Balancer.ROUND_ROBIN))) {
            try (TestGateway gateway = inA(table(policy, in("b"), in("b"), in("a"), in("b"), in("b"), in("b")));
                    RawClient client = gateway.client()) {
                Map<String, Integer> spread = spread(client, 900);
                // a sixth of the weights, in one of two zones
                assertThat(spread.get("a")).isBetween(240, 360);
                assertThat(crossings(gateway)).isEqualTo((long) spread.get("b"));
            }
        }
    }

    @Test
    void aZoneThatCannotBeReachedIsNoLossOfRequests() {
        try (DeadPort dead = DeadPort.hold()) {
            Endpoint local = new Endpoint("127.0.0.1:" + dead.number(), 1, "a", true, false);
            try (TestGateway gateway = inA(table(Policy.DEFAULT, local, in("b"), in("c")));
                    RawClient client = gateway.client()) {
                assertThat(spread(client, 60)).containsOnlyKeys("b", "c");
                assertThat(crossings(gateway)).isGreaterThanOrEqualTo(60);
            }
        }
    }

    @Test
    void aDrainedZoneIsLeftAndFoundAgainByTheTable() {
        Endpoint local = in("a");
        Endpoint other = in("b");
        Endpoint drained = new Endpoint(local.address(), 1, "a", true, true);
        try (TestGateway gateway = inA(table(Policy.DEFAULT, local, other));
                RawClient client = gateway.client()) {
            assertThat(spread(client, 10)).containsOnlyKeys("a");
            gateway.table(table(Policy.DEFAULT, drained, other));
            assertThat(spread(client, 10)).containsOnlyKeys("b");
            gateway.table(table(Policy.DEFAULT, local, other));
            assertThat(spread(client, 10)).containsOnlyKeys("a");
            gateway.table(table(Policies.with(false), local, other));
            assertThat(spread(client, 40)).containsOnlyKeys("a", "b");
        }
    }

    @Test
    void aRetryStaysInTheZoneAsLongAsThatHasAnEndpointLeft() {
        String busy = "HTTP/1.1 503 Busy\nContent-Length: 0\n\n";
        Retries retries = new Retries(2, Set.of(Retries.On.STATUS_503), Retries.Methods.IDEMPOTENT, 100, null, false);
        Upstream one = Upstream.responding(request -> busy);
        Upstream two = Upstream.responding(request -> busy);
        try (TestGateway gateway = inA(table(
                        Policies.with(retries, new Ejection(0, Duration.ofSeconds(1), 0)),
                        in("b"),
                        in("a", one),
                        in("b"),
                        in("a", two)));
                RawClient client = gateway.client()) {
            for (int i = 1; i <= 5; i++) {
                assertThat(client.get("/").body()).isEqualTo("b");
                assertThat(List.of(one.requests().size(), two.requests().size()))
                        .containsExactly(i, i);
            }
        }
    }

    @Test
    void anEndpointThatIsByFarTooBusyIsRelieved() {
        Gate gate = new Gate();
        gate.shut();
        Endpoint slow = in("a", Upstream.responding(gate::pass));
        Upstream spare = Upstream.responding(gate::pass);
        List<RawClient> clients = new ArrayList<>();
        try (TestGateway gateway = inA(table(Policy.DEFAULT, slow, in("b", spare)))) {
            for (int i = 1; i <= 100; i++) {
                int sent = i;
                RawClient client = gateway.client();
                clients.add(client);
                client.send("GET / HTTP/1.1\nHost: a.test\n\n");
                await().until(() -> gate.inside() == sent);
            }
            // 32 unasked, then four to one wherever the other one is looked at
            assertThat(spare.requests().size()).isBetween(5, 30);
            gate.open();
            clients.forEach(client -> assertThat(client.response().status()).isEqualTo(200));
        } finally {
            clients.forEach(RawClient::close);
        }
    }

    @Test
    void explainSaysHowZonesCount() {
        try (TestGateway gateway = inA(table(Policy.DEFAULT, in("a"), in("b"), in("b")))) {
            assertThat(Explanation.of(
                                    gateway.table(),
                                    ListenerTraits.INTERNAL,
                                    new RequestDraft("a.test", "/"),
                                    null,
                                    null)
                            .lines())
                    .anyMatch(line -> line.endsWith("zone a has 1 of 3 usable endpoints: 67% of requests stay in it"));
        }
    }

    @Test
    void withoutAZoneOfItsOwnAllEndpointsCountByWeight() {
        try (TestGateway gateway = TestGateway.over(table(Policies.with(Balancer.ROUND_ROBIN), in("a"), in("b")));
                RawClient client = gateway.client()) {
            assertThat(spread(client, 20)).containsEntry("a", 10).containsEntry("b", 10);
            assertThat(crossings(gateway)).isZero();
        }
    }

    @Test
    void aRingIsTheSameInAllZones() {
        Balancer ring = new Balancer(Balancer.Kind.RING_HASH, Balancer.Key.HEADER, "x-user");
        LaneTable table = table(Policies.with(ring), in("a"), in("b"));
        try (TestGateway here = inA(table);
                TestGateway anywhere = TestGateway.over(table);
                RawClient client = here.client();
                RawClient other = anywhere.client()) {
            for (int user = 0; user < 20; user++) {
                String header = "x-user: " + user + "\n";
                assertThat(client.get("/", header).body())
                        .isEqualTo(other.get("/", header).body());
            }
        }
    }
}
