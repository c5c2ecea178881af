package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.policy.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** How many connections a deployment gets, over all event loops, and who waits for one. */
class ConnectionsIT {

    private static TestGateway gateway(int loops, Limits limits, int... ports) {
        return TestGateway.over(
                new Tables()
                        .service("a", "master", ports)
                        .policy(Policies.with(limits))
                        .build(),
                config -> TestGateway.with(config, loops, Transport.AUTO));
    }

    @Test
    void neverOpensMoreConnectionsThanTheLimitAndServesEverybody() throws Exception {
        // an endpoint works on no more requests at a time than there are connections
        Gate gate = new Gate();
        int clients = 24;
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try (Upstream one = Upstream.responding(gate::pass);
                Upstream two = Upstream.responding(gate::pass);
                TestGateway gateway = gateway(4, new Limits(3, 0, 0), one.port(), two.port())) {
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                running.add(threads.submit(() -> {
                    int passed = 0;
                    try (RawClient client = gateway.client()) {
                        for (int j = 0; j < 20; j++) {
                            passed += client.get("/").status() == 200 ? 1 : 0;
                        }
                    }
                    return passed;
                }));
            }
            int passed = 0;
            for (Future<Integer> each : running) {
                passed += each.get();
            }
            System.out.println("limit of 3 connections over 4 event loops and 2 endpoints: sent " + clients * 20
                    + ", passed " + passed + ", most at a time " + gate.most() + ", connections made "
                    + (one.connections() + two.connections()));
            assertThat(passed).isEqualTo(clients * 20);
            assertThat(gate.most()).isLessThanOrEqualTo(3);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aLoopWithoutAConnectionGetsTheIdleOneOfAnother() {
        try (Upstream upstream = Upstream.saying("ok");
                TestGateway gateway = gateway(4, new Limits(1, 0, 0), upstream.port())) {
            for (int i = 0; i < 12; i++) {
                try (RawClient client = gateway.client()) {
                    assertThat(client.get("/").status()).isEqualTo(200);
                }
            }
            assertThat(upstream.connections()).isLessThanOrEqualTo(12);
        }
    }

    @Test
    void refusesWhoeverFindsAsManyWaitingAsMay() {
        Gate gate = new Gate();
        gate.shut();
        try (Upstream upstream = Upstream.responding(gate::pass);
                TestGateway gateway = gateway(2, new Limits(1, 2, 0), upstream.port());
                RawClient first = gateway.client();
                RawClient second = gateway.client();
                RawClient third = gateway.client();
                RawClient fourth = gateway.client()) {
            String get = "GET / HTTP/1.1\nHost: a.test\n\n";
            first.send(get);
            Awaitility.await().until(() -> gate.inside() == 1);
            second.send(get);
            third.send(get);
            Awaitility.await().until(() -> gateway.count("a", "master", stats -> stats.activeRequests) == 3);
            RawClient.Response refused = fourth.send(get).response();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body()).contains("overflow");
            assertThat(gateway.observed().get(0).flag()).isEqualTo("UO");
            gate.open();
            assertThat(first.response().status()).isEqualTo(200);
            assertThat(second.response().status()).isEqualTo(200);
            assertThat(third.response().status()).isEqualTo(200);
            assertThat(gate.most()).isEqualTo(1);
        }
    }

    @Test
    void letsThoseWhoWaitGoOnWhenTheLimitIsTakenAway() {
        Gate gate = new Gate();
        gate.shut();
        try (Upstream upstream = Upstream.responding(gate::pass);
                TestGateway gateway = gateway(2, new Limits(1, 0, 0), upstream.port());
                RawClient first = gateway.client();
                RawClient second = gateway.client()) {
            String get = "GET / HTTP/1.1\nHost: a.test\n\n";
            first.send(get);
            Awaitility.await().until(() -> gate.inside() == 1);
            second.send(get);
            Awaitility.await().until(() -> gateway.count("a", "master", stats -> stats.activeRequests) == 2);
            gateway.table(Tables.one(upstream.port()));
            Awaitility.await().until(() -> gate.inside() == 2);
            gate.open();
            assertThat(first.response().status()).isEqualTo(200);
            assertThat(second.response().status()).isEqualTo(200);
        }
    }
}
