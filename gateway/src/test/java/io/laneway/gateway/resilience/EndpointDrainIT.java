package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Endpoint;
import org.junit.jupiter.api.Test;

/** Endpoints and lanes that are taken out of service by the table: what runs is finished, what is new goes elsewhere. */
class EndpointDrainIT {

    private static final String REQUEST = "GET / HTTP/1.1\nHost: a.test\n";
    private static final String LANE = "trace-branch: f-1\n";

    private static Endpoint at(Upstream upstream, boolean draining) {
        Endpoint plain = Endpoint.at("127.0.0.1:" + upstream.port());
        return new Endpoint(plain.address(), plain.weight(), plain.zone(), plain.ready(), draining);
    }

    @Test
    void aDrainingEndpointFinishesWhatItHasAndGetsNothingNew() {
        Gate gate = new Gate();
        gate.shut();
        try (Upstream leaving = Upstream.responding(gate::pass);
                Upstream staying = Upstream.saying("staying");
                TestGateway gateway = TestGateway.over(Tables.one(leaving.port()));
                RawClient before = gateway.client();
                RawClient after = gateway.client()) {
            before.send(REQUEST + "\n");
            await().until(() -> gate.inside() == 1);
            gateway.table(new Tables()
                    .service("a", "master", at(leaving, true), at(staying, false))
                    .build());
            for (int i = 0; i < 20; i++) {
                assertThat(after.get("/").body()).isEqualTo("staying");
            }
            await().until(() -> active(gateway, "master") == 1);
            gate.open();
            assertThat(before.response().body()).isEqualTo("ok");
            await().until(() -> active(gateway, "master") == 0);
            assertThat(leaving.requests()).hasSize(1);
        }
    }

    @Test
    void aDrainingLaneFinishesWhatItHasAndFallsBack() {
        Gate gate = new Gate();
        gate.shut();
        try (Upstream base = Upstream.saying("base");
                Upstream lane = Upstream.responding(gate::pass);
                TestGateway gateway = TestGateway.over(lanes(base, lane, false));
                RawClient before = gateway.client();
                RawClient after = gateway.client()) {
            before.send(REQUEST + LANE + "\n");
            await().until(() -> gate.inside() == 1);
            gateway.table(lanes(base, lane, true));
            for (int i = 0; i < 5; i++) {
                RawClient.Response response = after.get("/", LANE);
                assertThat(response.body()).isEqualTo("base");
                assertThat(response.header("x-laneway-decision")).isEqualTo("fallback_unready");
            }
            gate.open();
            assertThat(before.response().header("x-laneway-lane")).isEqualTo("f-1");
            await().until(() -> active(gateway, "f-1") == 0);
        }
    }

    private static LaneTable lanes(Upstream base, Upstream lane, boolean draining) {
        return new Tables()
                .lane("f-1")
                .service("a", "master", at(base, false))
                .service("a", "f-1", at(lane, draining))
                .build();
    }

    private static long active(TestGateway gateway, String lane) {
        return gateway.count("a", lane, stats -> stats.activeRequests);
    }
}
