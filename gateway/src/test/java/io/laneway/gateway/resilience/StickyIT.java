package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.Address;
import io.laneway.gateway.runtime.config.BalancingConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.Trust;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Ejection;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.policy.Retries;
import io.laneway.router.policy.Sticky;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions that stay at their endpoint by a cookie of the gateway: as long as it is usable, and in their own lane. */
class StickyIT {

    private static final Sticky STICKY = new Sticky("seat", null);
    private static final String LANE = "trace-branch: f-1\n";

    private final List<Upstream> upstreams =
            List.of(Upstream.saying("0"), Upstream.saying("1"), Upstream.saying("2"), Upstream.saying("3"));

    @AfterEach
    void close() {
        upstreams.forEach(Upstream::close);
    }

    private Endpoint at(int number, int weight, boolean draining) {
        return new Endpoint("127.0.0.1:" + upstreams.get(number).port(), weight, "", true, draining);
    }

    private Endpoint at(int number) {
        return at(number, 1, false);
    }

    private LaneTable all() {
        return table(at(0), at(1), at(2), at(3));
    }

    private static LaneTable table(Endpoint... endpoints) {
        return new Tables()
                .service("a", "master", endpoints)
                .policy(Policies.with(STICKY, Balancer.ROUND_ROBIN))
                .build();
    }

    /** The value of the cookie that a response sets, null if it sets none. */
    private static String value(RawClient.Response response) {
        String line = response.header("set-cookie");
        return line == null ? null : line.substring("seat=".length(), line.indexOf(';'));
    }

    private static String cookie(String value) {
        return "cookie: seat=" + value + "\n";
    }

    /** The endpoints that so many requests with these headers come to. */
    private static Set<String> visited(RawClient client, int requests, String headers) {
        Set<String> visited = new HashSet<>();
        for (int i = 0; i < requests; i++) {
            visited.add(client.get("/", headers).body());
        }
        return visited;
    }

    @Test
    void aClientKeepsTheEndpointItWasGiven() {
        try (TestGateway gateway = TestGateway.over(all());
                RawClient client = gateway.client()) {
            RawClient.Response first = client.get("/");
            assertThat(first.header("set-cookie"))
                    .matches("seat=[0-9a-f]{16}; Path=/; SameSite=Lax; HttpOnly")
                    .doesNotContain("127.0.0.1");
            assertThat(first.header("cache-control")).isEqualTo("private, no-cache");
            for (int i = 0; i < 12; i++) {
                RawClient.Response next = client.get("/", "cookie: other=1; seat=" + value(first) + "; more=2\n");
                assertThat(next.body()).isEqualTo(first.body());
                assertThat(next.headers()).doesNotContainKeys("set-cookie", "cache-control");
            }
            assertThat(visited(client, 12, "")).hasSize(4);
        }
    }

    @Test
    void aCookieOfItsOwnLineIsReadToo() {
        try (TestGateway gateway = TestGateway.over(all());
                RawClient client = gateway.client()) {
            RawClient.Response first = client.get("/");
            assertThat(visited(client, 12, "cookie: other=1\ncookie: seat=\"" + value(first) + "\"\n"))
                    .containsExactly(first.body());
        }
    }

    @Test
    void theServiceSeesTheCookieAndItsLifetimeIsThePolicys() {
        LaneTable table = new Tables()
                .service("a", "master", at(0))
                .policy(Policies.with(new Sticky("seat", Duration.ofHours(2))))
                .build();
        try (TestGateway gateway = TestGateway.over(table);
                RawClient client = gateway.client()) {
            RawClient.Response first = client.get("/");
            assertThat(first.header("set-cookie")).endsWith("; HttpOnly; Max-Age=7200");
            client.get("/", cookie(value(first)));
            assertThat(upstreams.get(0).requests().get(1).header("cookie")).isEqualTo("seat=" + value(first));
        }
    }

    @Test
    void gatewaysOfOneSecretAgreeAndOthersDoNot() {
        try (TestGateway one = TestGateway.over(all());
                TestGateway two = TestGateway.over(table(at(3), at(2), at(1), at(0)));
                TestGateway other = TestGateway.over(
                        all(), config -> TestGateway.with(config, new BalancingConfig("", "a secret of its own")));
                RawClient first = one.client();
                RawClient second = two.client();
                RawClient third = other.client()) {
            for (int i = 0; i < 8; i++) {
                RawClient.Response response = first.get("/");
                assertThat(visited(second, 4, cookie(value(response)))).containsExactly(response.body());
                assertThat(value(third.get("/", cookie(value(response))))).isNotNull();
            }
        }
    }

    @Test
    void anEndpointThatDrainsOrIsGoneLosesItsSessionsForGood() {
        try (TestGateway gateway = TestGateway.over(table(at(0)));
                RawClient client = gateway.client()) {
            String before = value(client.get("/"));
            gateway.table(table(at(0, 1, true), at(1), at(2)));
            RawClient.Response moved = client.get("/", cookie(before));
            assertThat(moved.body()).isIn("1", "2");
            assertThat(value(moved)).matches("[0-9a-f]{16}").isNotEqualTo(before);
            gateway.table(all());
            assertThat(visited(client, 8, cookie(value(moved)))).containsExactly(moved.body());
            gateway.table(table(at(3)));
            RawClient.Response last = client.get("/", cookie(value(moved)));
            assertThat(last.body()).isEqualTo("3");
            assertThat(value(last)).startsWith(value(client.get("/")) + ".");
        }
    }

    @Test
    void anEndpointOfWeightZeroGetsNothingNewAndKeepsItsSessions() {
        try (TestGateway gateway = TestGateway.over(table(at(0)));
                RawClient client = gateway.client()) {
            String before = value(client.get("/"));
            gateway.table(table(at(0, 0, false), at(1), at(2)));
            assertThat(visited(client, 8, cookie(before))).containsExactly("0");
            assertThat(visited(client, 8, "")).containsExactlyInAnyOrder("1", "2");
        }
    }

    @Test
    void anEjectedEndpointsSessionsMove() {
        String error = "HTTP/1.1 500 Bug\nContent-Length: 0\n\n";
        try (Upstream bad = Upstream.responding(request -> error);
                TestGateway gateway = TestGateway.over(new Tables()
                        .service("a", "master", bad.port())
                        .policy(Policies.with(STICKY))
                        .build());
                RawClient client = gateway.client()) {
            String seat = value(client.get("/"));
            gateway.table(new Tables()
                    .service("a", "master", bad.port(), upstreams.get(0).port())
                    .policy(Policies.with(STICKY, new Ejection(3, Duration.ofMinutes(5), 50)))
                    .build());
            while (gateway.count("a", "master", stats -> stats.ejections) == 0) {
                assertThat(client.get("/", cookie(seat)).status()).isEqualTo(500);
            }
            RawClient.Response moved = client.get("/", cookie(seat));
            assertThat(moved.body()).isEqualTo("0");
            assertThat(value(moved)).isNotEqualTo(seat);
        }
    }

    @Test
    void aRetryGoesElsewhereAndTheSessionWithIt() {
        String busy = "HTTP/1.1 503 Busy\nContent-Length: 0\n\n";
        Retries on503 = new Retries(1, Set.of(Retries.On.STATUS_503), Retries.Methods.IDEMPOTENT, 100, null, false);
        try (Upstream bad = Upstream.responding(request -> busy);
                TestGateway gateway = TestGateway.over(new Tables()
                        .service("a", "master", bad.port())
                        .policy(Policies.with(STICKY))
                        .build());
                RawClient client = gateway.client()) {
            String seat = value(client.get("/"));
            gateway.table(new Tables()
                    .service("a", "master", bad.port(), upstreams.get(1).port())
                    .policy(Policies.with(STICKY, on503))
                    .build());
            RawClient.Response moved = client.get("/", cookie(seat));
            assertThat(moved.body()).isEqualTo("1");
            assertThat(value(moved)).matches("[0-9a-f]{16}").isNotEqualTo(seat);
        }
    }

    @Test
    void theCookieIsSecureToClientsThatCameOverTlsByTheTrustedScheme() {
        ListenerConfig plain = ListenerConfig.of("edge", new Address("127.0.0.1", 0), Trust.EXTERNAL);
        ListenerConfig behind = new ListenerConfig(
                plain.name(),
                plain.address(),
                plain.trust(),
                true,
                plain.defaultLane(),
                plain.service(),
                plain.unknownHost(),
                plain.tls(),
                plain.proxyProtocol(),
                1,
                plain.paths());
        try (TestGateway gateway = TestGateway.over(all());
                TestGateway proxied = TestGateway.over(all(), c -> TestGateway.with(c, List.of(behind)));
                RawClient stranger = gateway.client();
                RawClient trusted = proxied.client()) {
            String https = "x-forwarded-for: 203.0.113.1\nx-forwarded-proto: https\n";
            assertThat(stranger.get("/", https).header("set-cookie")).doesNotContain("Secure");
            assertThat(trusted.get("/", https).header("set-cookie")).endsWith("; HttpOnly; Secure");
        }
    }

    @Test
    void aForgedCookieChoosesNothing() {
        try (TestGateway gateway = TestGateway.over(table(at(0), at(1)));
                RawClient client = gateway.client()) {
            for (String forged : List.of(
                    "",
                    ".",
                    "127.0.0.1:" + upstreams.get(3).port(),
                    "0".repeat(16),
                    "f".repeat(17),
                    "g".repeat(16),
                    "zz; Path=/x",
                    "a".repeat(3000))) {
                RawClient.Response response = client.get("/", cookie(forged));
                assertThat(response.body()).as(forged).isIn("0", "1");
                assertThat(value(response)).as(forged).matches("[0-9a-f]{16}(\\.0{16})?");
            }
        }
    }

    @Test
    void aCookieOfOneLaneLeadsToNoOtherAndBothAreKept() {
        LaneTable table = new Tables()
                .lane("f-1")
                .service("a", "master", at(0), at(1))
                .service("a", "f-1", at(2), at(3))
                .policy(Policies.with(STICKY, Balancer.ROUND_ROBIN))
                .build();
        try (TestGateway gateway = TestGateway.over(table);
                RawClient client = gateway.client()) {
            RawClient.Response lane = client.get("/", LANE);
            RawClient.Response base = client.get("/", cookie(value(lane)));
            assertThat(base.body()).isIn("0", "1");
            String both = value(base);
            assertThat(both).endsWith("." + value(lane));
            assertThat(visited(client, 8, cookie(both))).containsExactly(base.body());
            assertThat(visited(client, 8, LANE + cookie(both))).containsExactly(lane.body());
            assertThat(client.get("/", LANE + cookie(both)).headers()).doesNotContainKey("set-cookie");
        }
    }

    @Test
    void oneEndpointInTwoLanesHasTwoValues() {
        LaneTable table = new Tables()
                .lane("f-1")
                .service("a", "master", at(0))
                .service("a", "f-1", at(0))
                .policy(Policies.with(STICKY))
                .build();
        try (TestGateway gateway = TestGateway.over(table);
                RawClient client = gateway.client()) {
            assertThat(value(client.get("/", LANE))).isNotEqualTo(value(client.get("/")));
        }
    }

    @Test
    void aWebSocketKeepsItsEndpointAndIsGivenOne() {
        String upgrade = "connection: upgrade\nupgrade: echo\n";
        Upstream.Responder switching = request -> "HTTP/1.1 101 Echo\nConnection: upgrade\nUpgrade: echo\n\n";
        try (Upstream one = Upstream.responding(switching);
                Upstream two = Upstream.responding(switching);
                TestGateway gateway = TestGateway.over(new Tables()
                        .service("a", "master", one.port(), two.port())
                        .policy(Policies.with(STICKY, Balancer.ROUND_ROBIN))
                        .build())) {
            String seat;
            try (RawClient client = gateway.client()) {
                seat = value(client.get("/", upgrade));
            }
            for (int i = 0; i < 6; i++) {
                try (RawClient client = gateway.client()) {
                    assertThat(client.get("/", upgrade + cookie(seat)).headers())
                            .doesNotContainKey("set-cookie");
                }
            }
            assertThat(List.of(one.requests().size(), two.requests().size())).containsExactlyInAnyOrder(0, 7);
        }
    }

    @Test
    void aPolicyThatTakesCookiesOffDoesNotLoseTheSession() {
        LaneTable table = new Tables()
                .service("a", "master", at(0), at(1))
                .policy(Policies.with(
                        STICKY,
                        Balancer.ROUND_ROBIN,
                        new HeaderRules(
                                new HeaderRules.Edit(Map.of(), Map.of(), List.of("cookie")), HeaderRules.Edit.NONE)))
                .build();
        try (TestGateway gateway = TestGateway.over(table);
                RawClient client = gateway.client()) {
            RawClient.Response first = client.get("/");
            assertThat(visited(client, 6, cookie(value(first)))).containsExactly(first.body());
        }
    }
}
