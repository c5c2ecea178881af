package io.laneway.gateway.upstream.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.gateway.resilience.Policies;
import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.runtime.eventloop.Sockets;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.policy.Ejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often a request finds a kept connection where many event loops send few requests to each of many endpoints: counts of
 * connections and requests as the endpoints see them. {@code -Dlaneway.test.lending=full} has 1 000 deployments, and 2 and 8
 * loops too.
 */
class LendingIT {

    private static final boolean FULL = "full".equals(System.getProperty("laneway.test.lending"));
    private static final List<Integer> LOOPS = FULL ? List.of(2, 8, 16) : List.of(16);
    private static final int SERVICES = FULL ? 20 : 5;
    private static final int LANES = FULL ? 50 : 20;
    private static final int EACH = 2;
    private static final int CLIENTS = FULL ? 32 : 8;
    private static final int REQUESTS = 6 * SERVICES * LANES * EACH;

    /** What the endpoints saw. */
    private record Count(long requests, long made, int open, int most) {

        double kept() {
            return 1 - (double) made / requests;
        }
    }

    private static LaneTable table(ManyEndpoints endpoints, Protocol protocol) {
        Tables tables =
                new Tables().protocol(protocol).policy(Policies.with(new Ejection(0, Duration.ofSeconds(1), 0)));
        for (int lane = 1; lane < LANES; lane++) {
            tables.lane("f-" + lane);
        }
        int next = 0;
        for (int service = 0; service < SERVICES; service++) {
            for (int lane = 0; lane < LANES; lane++) {
                tables.service(
                        "s" + service,
                        lane == 0 ? "master" : "f-" + lane,
                        endpoints.endpoint(next),
                        endpoints.endpoint(next + 1));
                next += EACH;
            }
        }
        return tables.build();
    }

    private static int send(TestGateway gateway, int requests, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int passed = 0;
        try (RawClient client = RawClient.to(gateway.inside())) {
            for (int i = 0; i < requests; i++) {
                int lane = random.nextInt(LANES);
                String carrier = lane == 0 ? "" : "trace-branch: f-" + lane + "\n";
                client.send("GET / HTTP/1.1\nHost: s" + random.nextInt(SERVICES) + ".test\n" + carrier + "\n");
                passed += client.response().status() == 200 ? 1 : 0;
            }
        }
        return passed;
    }

    private static void round(TestGateway gateway, ExecutorService threads, int requests, int seed) throws Exception {
        List<Callable<Integer>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int own = seed + i;
            clients.add(() -> send(gateway, requests / CLIENTS, own));
        }
        int passed = 0;
        for (Future<Integer> each : threads.invokeAll(clients)) {
            passed += each.get();
        }
        assertThat(passed).isEqualTo(requests / CLIENTS * CLIENTS);
    }

    private static Count count(int loops, Transport transport, Protocol protocol) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try (ManyEndpoints endpoints = new ManyEndpoints(protocol == Protocol.H2C);
                TestGateway gateway = TestGateway.over(
                        table(endpoints, protocol), config -> TestGateway.with(config, loops, transport))) {
            round(gateway, threads, REQUESTS, 1);
            long requests = endpoints.requests();
            long made = endpoints.made();
            round(gateway, threads, REQUESTS, 1000);
            Count count = new Count(
                    endpoints.requests() - requests, endpoints.made() - made, endpoints.open(), endpoints.most());
            System.out.printf(
                    Locale.ROOT,
                    "%d loops, %s, %s: %d requests to %d endpoints, %.1f %% on a kept connection, %d connections, %d"
                            + " the most%n",
                    loops,
                    gateway.plane().transport(),
                    protocol,
                    count.requests(),
                    SERVICES * LANES * EACH,
                    100 * count.kept(),
                    count.open(),
                    count.most());
            return count;
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource({"EPOLL, HTTP1", "IO_URING, HTTP1", "IO_URING, H2C"})
    void manyLoopsKeepNotManyMoreConnectionsThanOneAndUseThem(Transport transport, Protocol protocol) throws Exception {
        assumeTrue(Sockets.canDo(transport), () -> transport + " is not available here");
        Count one = count(1, transport, protocol);
        for (int loops : LOOPS) {
            Count many = count(loops, transport, protocol);
            assertThat(many.kept()).as("kept, %d loops", loops).isGreaterThanOrEqualTo(0.95);
            assertThat(many.open()).as("open, %d loops", loops).isLessThanOrEqualTo(2 * one.open());
        }
    }
}
