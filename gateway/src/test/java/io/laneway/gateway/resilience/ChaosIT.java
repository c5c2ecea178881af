package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.config.Transport;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.router.model.LaneTable;
import io.laneway.router.policy.Ejection;
import io.laneway.router.policy.Policy;
import io.laneway.router.policy.Retries;
import io.laneway.router.policy.Retries.On;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Three endpoints under steady load, one of which fails: idempotent requests do not see it. Prints its figures. */
class ChaosIT {

    private static final int CALLERS = 12;
    private static final Policy POLICY = Policies.with(
            new Retries(
                    2,
                    Set.of(On.CONNECT_FAILURE, On.REFUSED_STREAM, On.RESET_BEFORE_RESPONSE, On.STATUS_503),
                    Retries.Methods.IDEMPOTENT,
                    20,
                    Duration.ofMillis(500),
                    false),
            new Ejection(5, Duration.ofSeconds(30), 50));

    /** What happens to the third endpoint while the load runs. */
    private interface Mishap {
        void happens(Backend third, TestGateway gateway, Load load) throws Exception;
    }

    private static LaneTable table(Backend... backends) {
        int[] ports = new int[backends.length];
        for (int i = 0; i < ports.length; i++) {
            ports[i] = backends[i].port();
        }
        return new Tables().service("a", "master", ports).policy(POLICY).build();
    }

    private static int under(String name, String mode, Mishap mishap) throws Exception {
        try (Backend one = Backend.start("one", "well");
                Backend two = Backend.start("two", "well");
                Backend third = Backend.start("three", mode);
                TestGateway gateway = TestGateway.over(
                        table(one, two, third), config -> TestGateway.with(config, 2, Transport.AUTO))) {
            Load load = Load.gets(gateway.port(), CALLERS);
            try (load) {
                load.more(300);
                mishap.happens(third, gateway, load);
                load.more(1500);
            }
            int retried = gateway.observed().stream()
                    .mapToInt(TestGateway.Observed::retries)
                    .sum();
            System.out.println(name + ": sent " + load.sent + ", failed " + load.failed + ", retried " + retried + " "
                    + load.failures);
            return load.failed.get();
        }
    }

    @Test
    void noRequestFailsWhenAnEndpointIsKilled() throws Exception {
        assertThat(under("killed", "well", (third, gateway, load) -> third.kill()))
                .isZero();
    }

    @Test
    void noRequestFailsWhenAnEndpointIsStopped() throws Exception {
        assertThat(under("stopped", "well", (third, gateway, load) -> third.stop()))
                .isZero();
    }

    @Test
    void noRequestFailsWhenAnEndpointAnswers503() throws Exception {
        assertThat(under("answers 503", "503", (third, gateway, load) -> {})).isZero();
    }

    @Test
    void noRequestFailsWhenAnEndpointAnswersAfterTenSeconds() throws Exception {
        assertThat(under("answers after 10 s", "slow", (third, gateway, load) -> {}))
                .isZero();
    }

    @Test
    void onlyWhatWasInFlightFailsWhenAnEndpointResetsAmidItsAnswers() throws Exception {
        // five errors in a row eject it; what the other callers had under way there at that moment fails too
        assertThat(under("resets in mid-answer", "reset", (third, gateway, load) -> {}))
                .isLessThanOrEqualTo(5 + CALLERS);
    }

    @Test
    void noRequestFailsWhileAnEndpointComesAndGoes() throws Exception {
        try (Backend one = Backend.start("one", "well");
                Backend two = Backend.start("two", "well");
                Backend third = Backend.start("three", "well");
                TestGateway gateway =
                        TestGateway.over(table(one, two), config -> TestGateway.with(config, 2, Transport.AUTO))) {
            Load load = Load.gets(gateway.port(), CALLERS);
            try (load) {
                ScheduledExecutorService changes = Executors.newSingleThreadScheduledExecutor();
                CountDownLatch left = new CountDownLatch(30);
                changes.scheduleAtFixedRate(
                        () -> {
                            gateway.table(left.getCount() % 2 == 0 ? table(one, two, third) : table(one, two));
                            left.countDown();
                        },
                        100,
                        100,
                        TimeUnit.MILLISECONDS);
                assertThat(left.await(1, TimeUnit.MINUTES)).isTrue();
                changes.shutdownNow();
                assertThat(changes.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            }
            System.out.println(
                    "added and removed 30 times: sent " + load.sent + ", failed " + load.failed + " " + load.failures);
            assertThat(load.failed.get()).isZero();
        }
    }
}
