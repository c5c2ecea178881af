package io.laneway.gateway.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.DeadPort;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Scrape;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.service.Endpoint;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class EndpointMetricsIT {

    private static final KnownNames ALL = new KnownNames() {
        @Override
        public boolean service(String service) {
            return true;
        }

        @Override
        public boolean lane(String lane) {
            return true;
        }
    };

    private static Endpoint at(int port, boolean ready, boolean draining) {
        Endpoint plain = Endpoint.at("127.0.0.1:" + port);
        return new Endpoint(plain.address(), plain.weight(), plain.zone(), ready, draining);
    }

    @Test
    void tellsHowEndpointsStandNow() {
        String error = "HTTP/1.1 500 Bug\nContent-Length: 0\n\n";
        try (DeadPort dead = DeadPort.hold();
                Upstream good = Upstream.saying("good");
                Upstream also = Upstream.saying("also");
                Upstream buggy = Upstream.responding(request -> error);
                TestGateway gateway = TestGateway.over(new Tables()
                        .service(
                                "a",
                                "master",
                                at(good.port(), true, false),
                                at(also.port(), true, false),
                                at(buggy.port(), true, false),
                                at(dead.number(), true, false),
                                at(1, true, true),
                                at(2, false, false))
                        .build());
                RawClient client = gateway.client()) {
            RequestMetrics requests = new RequestMetrics(ALL, System::currentTimeMillis);
            requests.loop(Runnable::run).deployment("a", "master");
            EndpointMetrics metrics = new EndpointMetrics(gateway::table, requests);
            assertThat(Scrape.of(metrics))
                    .contains(state("usable", 4), state("draining", 1), state("unready", 1), state("ejected", 0));
            Awaitility.await().untilAsserted(() -> {
                client.get("/");
                assertThat(Scrape.of(metrics))
                        .contains(state("usable", 2), state("ejected", 1), state("unreachable", 1));
            });
        }
    }

    private static String state(String state, int endpoints) {
        return "laneway_endpoints{lane=\"master\",service=\"a\",state=\"" + state + "\"} " + endpoints + ".0\n";
    }
}
