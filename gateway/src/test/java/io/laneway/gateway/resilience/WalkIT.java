package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.policy.Limits;
import io.laneway.router.policy.Policy;
import io.laneway.router.policy.Retries;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A lane that loses its last endpoint between the decision for it and a pick in it. */
class WalkIT {

    private static final Retries ON_503 =
            new Retries(2, Set.of(Retries.On.STATUS_503), Retries.Methods.IDEMPOTENT, 100, null, false);

    private static LaneTable table(LaneMode mode, Policy policy, int base, int lane, boolean ready) {
        return new Tables()
                .lane("f-1", mode)
                .policy(policy)
                .service("a", "master", base)
                .service("a", "f-1", new Endpoint("127.0.0.1:" + lane, 1, "", ready, false))
                .build();
    }

    /** The lane's endpoint becomes unready while it works on the request, then asks for another attempt. */
    private static RawClient.Response response(LaneMode mode, Policy policy) {
        AtomicReference<Runnable> unready = new AtomicReference<>();
        try (Upstream base = Upstream.saying("base");
                Upstream lane = Upstream.responding(request -> {
                    unready.get().run();
                    return "HTTP/1.1 503 Later\nContent-Length: 0\n\n";
                });
                TestGateway gateway = TestGateway.over(table(mode, policy, base.port(), lane.port(), true));
                RawClient client = gateway.client()) {
            unready.set(() -> gateway.table(table(mode, policy, base.port(), lane.port(), false)));
            return client.get("/", "trace-branch: f-1\n");
        }
    }

    @Test
    void aPickThatFindsNoEndpointWalksOnToTheFallback() {
        RawClient.Response response = response(LaneMode.PERMISSIVE, Policies.with(ON_503));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("base");
        assertThat(response.header("x-laneway-lane")).isEqualTo("master");
        assertThat(response.header("x-laneway-decision")).isEqualTo("fallback_unready");
    }

    @Test
    void aPickThatFindsNoEndpointOfAStrictLaneSaysThatTheLaneIsUnavailable() {
        RawClient.Response response = response(LaneMode.STRICT, Policies.with(ON_503));
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("x-laneway-decision")).isEqualTo("strict_unavailable");
    }

    @Test
    void aRequestThatWalksOnTakesItsPlaceInTheOtherDeployment() {
        Limits one = new Limits(0, 0, 1);
        RawClient.Response response = response(LaneMode.PERMISSIVE, Policies.with(ON_503, one));
        assertThat(response.body()).isEqualTo("base");
    }
}
