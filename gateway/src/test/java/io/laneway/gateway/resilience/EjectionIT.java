package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.DeadPort;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Ejection;
import io.laneway.router.policy.Health;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Endpoints that are left out, for how long, and where requests go meanwhile. */
class EjectionIT {

    private static final String ERROR = "HTTP/1.1 500 Bug\nContent-Length: 0\n\n";
    private static final String LANE = "trace-branch: f-1\n";

    @Test
    void leavesOutAnEndpointAfterErrorsInARow() {
        try (Upstream bad = Upstream.responding(request -> ERROR);
                Upstream good = Upstream.saying("good");
                TestGateway gateway = turns(Duration.ofMinutes(5), bad, good);
                RawClient client = gateway.client()) {
            for (int i = 0; i < 6; i++) {
                client.get("/");
            }
            assertThat(bad.requests()).hasSize(3);
            for (int i = 0; i < 20; i++) {
                assertThat(client.get("/").body()).isEqualTo("good");
            }
            assertThat(gateway.count("a", "master", stats -> stats.ejections)).isEqualTo(1);
        }
    }

    @Test
    void takesAnEjectedEndpointBack() {
        AtomicBoolean broken = new AtomicBoolean(true);
        try (Upstream bad = Upstream.responding(
                        request -> broken.get() ? ERROR : "HTTP/1.1 200 OK\nContent-Length: 4\n\nback");
                Upstream good = Upstream.saying("good");
                TestGateway gateway = turns(Duration.ofMillis(300), bad, good);
                RawClient client = gateway.client()) {
            Awaitility.await().until(() -> {
                client.get("/");
                return gateway.count("a", "master", stats -> stats.ejections) > 0;
            });
            broken.set(false);
            Awaitility.await().until(() -> client.get("/").body().equals("back"));
        }
    }

    private static TestGateway turns(Duration ejected, Upstream bad, Upstream good) {
        return TestGateway.over(new Tables()
                .service("a", "master", bad.port(), good.port())
                .policy(Policies.with(new Ejection(3, ejected, 50), Balancer.ROUND_ROBIN))
                .build());
    }

    @Test
    void neverLeavesOutALanesLastEndpointForErrorsOfTheApplication() {
        try (Upstream buggy = Upstream.responding(request -> ERROR);
                Upstream base = Upstream.saying("base");
                TestGateway gateway = TestGateway.over(new Tables()
                        .lane("f-1")
                        .service("a", "master", base.port())
                        .service("a", "f-1", buggy.port())
                        .policy(Policies.with(new Ejection(1, Duration.ofSeconds(30), 100)))
                        .build());
                RawClient client = gateway.client()) {
            for (int i = 0; i < 30; i++) {
                RawClient.Response response = client.get("/", LANE);
                assertThat(response.status()).isEqualTo(500);
                assertThat(response.header("x-laneway-decision")).isEqualTo("lane");
            }
            assertThat(base.requests()).isEmpty();
        }
    }

    @Test
    void fallsBackWhileALaneCannotBeReachedAndReturnsToIt() {
        try (DeadPort port = DeadPort.hold();
                Upstream base = Upstream.saying("base");
                TestGateway gateway = TestGateway.over(new Tables()
                        .lane("f-1")
                        .service("a", "master", base.port())
                        .service("a", "f-1", port.number())
                        .build());
                RawClient client = gateway.client()) {
            client.get("/", LANE);
            assertThat(client.get("/", LANE).header("x-laneway-decision")).isEqualTo("fallback_unready");
            port.free();
            try (Upstream lane = Upstream.saying("lane", port.number())) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> client.get("/", LANE).body().equals("lane"));
                assertThat(lane.requests()).isNotEmpty();
            }
        }
    }

    @Test
    void usesAllEndpointsOfTheLastLaneWhenNoneIsWell() {
        AtomicBoolean well = new AtomicBoolean();
        Health checks = new Health(Health.Kind.HTTP, "/health", Duration.ofMillis(100), Duration.ofSeconds(1), 1, 1);
        try (Upstream one = Upstream.responding(request -> {
                    boolean responses = well.get() || !request.startLine().contains("/health");
                    return responses ? "HTTP/1.1 200 OK\nContent-Length: 2\n\nme" : ERROR;
                });
                Upstream base =
                        Upstream.responding(request -> request.startLine().contains("/health")
                                ? ERROR
                                : "HTTP/1.1 200 OK\nContent-Length: 4\n\nbase");
                TestGateway gateway = TestGateway.over(new Tables()
                        .lane("f-1")
                        .service("a", "f-1", one.port())
                        .service("a", "master", base.port())
                        .policy(Policies.with(checks))
                        .build());
                RawClient client = gateway.client()) {
            Awaitility.await().until(() -> client.get("/", LANE).body().equals("base"));
            assertThat(client.get("/", LANE).header("x-laneway-decision")).isEqualTo("fallback_unready");
            well.set(true);
            Awaitility.await().until(() -> client.get("/", LANE).body().equals("me"));
        }
    }
}
