package io.laneway.gateway.upstream.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.gateway.resilience.Policies;
import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.runtime.eventloop.Sockets;
import io.laneway.gateway.telemetry.metrics.KnownNames;
import io.laneway.gateway.telemetry.metrics.RequestMetrics;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Scrape;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.TestTls;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.policy.Ejection;
import io.laneway.router.policy.Limits;
import io.laneway.router.policy.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a connection that goes from one event loop to another. */
@SuppressWarnings("try") // an endpoint that goes away before the end
class LoanIT {

    private static final Ejection NONE = new Ejection(0, Duration.ofSeconds(1), 0);
    private static final int LOOPS = 8;
    private static final int CALLERS = 40;

    private static TestGateway gateway(LaneTable table, Transport transport) {
        assumeTrue(Sockets.canDo(transport), () -> transport + " is not available here");
        return TestGateway.over(table, config -> TestGateway.with(config, LOOPS, transport));
    }

    private static Tables service(Policy policy, int port) {
        return new Tables().policy(policy).service("a", "master", port);
    }

    /** One caller after the other, each on whatever loop accepts it, a little later than the one before. */
    private static void callOneByOne(TestGateway gateway) {
        for (int i = 0; i < CALLERS; i++) {
            gateway.pass(Duration.ofMillis(2));
            try (RawClient client = gateway.client()) {
                assertThat(client.get("/").status()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "IO_URING", "NIO"})
    void servesTheCallersOfAllLoops(Transport transport) {
        try (Upstream upstream = Upstream.saying("ok");
                TestGateway gateway = gateway(
                        service(Policies.with(NONE), upstream.port())
                                .protocol(Protocol.HTTP1)
                                .build(),
                        transport)) {
            callOneByOne(gateway);
            assertThat(upstream.connections()).isEqualTo(1);
            assertThat(gateway.sum(stats -> stats.idleConnections.get())).isEqualTo(1);
            assertThat(gateway.sum(stats -> stats.busyConnections.get())).isZero();
            assertThat(gateway.sum(stats -> stats.lent.get())).isBetween(1L, CALLERS - 1L);
        }
    }

    @Test
    void thoseOfAllLoopsAreOneCounter() {
        RequestMetrics metrics = new RequestMetrics(KnownNames.ALL, System::currentTimeMillis);
        metrics.loop(Runnable::run).deployment("a", "master").lent.set(2);
        metrics.loop(Runnable::run).deployment("a", "master").lent.set(3);
        assertThat(Scrape.of(metrics))
                .contains("laneway_upstream_connections_lent_total{lane=\"master\",service=\"a\"} 5");
    }

    @Test
    void isNoneWhereThereIsOneLoop() throws Exception {
        try (Upstream upstream = Upstream.saying("ok");
                TestGateway gateway = TestGateway.over(
                        service(Policies.with(NONE), upstream.port()).build(),
                        config -> TestGateway.with(config, 1, Transport.NIO))) {
            callOneByOne(gateway);
            assertThat(upstream.connections()).isEqualTo(1);
            assertThat(gateway.sum(stats -> stats.lent.get())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "IO_URING"})
    void goesWithItsTls(Transport transport) {
        TestTls tls = TestTls.make();
        UpstreamTls trusting = new UpstreamTls(tls.file("ca.pem").toString(), "a.test", null, null, true);
        try (Upstream upstream = Upstream.saying(tls.listen(null), "ok");
                TestGateway gateway = gateway(
                        service(Policies.with(NONE), upstream.port())
                                .protocol(Protocol.HTTPS)
                                .tls(trusting)
                                .build(),
                        transport)) {
            callOneByOne(gateway);
            assertThat(upstream.connections()).isEqualTo(1);
            assertThat(gateway.sum(stats -> stats.lent.get())).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "IO_URING"})
    void countsOnceWhereConnectionsAreLimited(Transport transport) {
        try (Upstream upstream = Upstream.saying("ok");
                TestGateway gateway = gateway(
                        service(Policies.with(NONE, new Limits(1, 0, 0)), upstream.port())
                                .build(),
                        transport)) {
            callOneByOne(gateway);
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    /** The endpoint closes its connections at any moment, also while one is on its way; requests without a body are tried again. */
    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "IO_URING", "NIO"})
    void isGivenUpWhereTheEndpointClosesIt(Transport transport) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(LOOPS);
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    while (conversation.pass() != null) {
                        conversation.send("HTTP/1.1 200 OK\nContent-Length: 2\n\nok");
                        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(3_000_000));
                        if (ThreadLocalRandom.current().nextInt(3) == 0) {
                            return;
                        }
                    }
                });
                TestGateway gateway =
                        gateway(service(Policies.with(NONE), upstream.port()).build(), transport)) {
            List<Callable<Integer>> callers = new ArrayList<>();
            for (int i = 0; i < LOOPS; i++) {
                callers.add(() -> {
                    int passed = 0;
                    for (int call = 0; call < CALLERS; call++) {
                        try (RawClient client = gateway.client()) {
                            passed += client.get("/").status() == 200 ? 1 : 0;
                        }
                    }
                    return passed;
                });
            }
            int passed = 0;
            for (Future<Integer> each : threads.invokeAll(callers)) {
                passed += each.get();
            }
            assertThat(passed).isEqualTo(LOOPS * CALLERS);
            upstream.close();
            await().untilAsserted(() -> {
                assertThat(gateway.sum(stats -> stats.busyConnections.get())).isZero();
                assertThat(gateway.sum(stats -> stats.idleConnections.get())).isZero();
            });
        } finally {
            threads.shutdownNow();
        }
    }
}
