package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
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

/**
 * Three endpoints under steady load, one of which fails: idempotent requests do not see it, others only those that it had
 * when it failed. Prints its figures.
 */
class ChaosIT {

    private static final int CALLERS = 8;
    private static final int POSTING = 4;

    /** So many errors in a row eject an endpoint; until then it gets its share. */
    private static final int ERRORS = 5;

    private static final String POST = "POST / HTTP/1.1\nHost: a.test\nContent-Length: 5\n\nhello";
    private static final Policy POLICY = Policies.with(
            new Retries(
                    2,
                    Set.of(On.CONNECT_FAILURE, On.REFUSED_STREAM, On.RESET_BEFORE_RESPONSE, On.STATUS_503),
                    Retries.Methods.IDEMPOTENT,
                    20,
                    Duration.ofSeconds(1),
                    false),
            new Ejection(ERRORS, Duration.ofMinutes(5), 50));

    /** What happens to the third endpoint while the load runs. */
    private interface Mishap {
        void happens(Backend third) throws Exception;
    }

    /** Failed requests. */
    private record Failed(int idempotent, int others) {}

    private static LaneTable table(int... ports) {
        return new Tables().service("a", "master", ports).policy(POLICY).build();
    }

    private static Failed under(String name, String mode, Mishap mishap) throws Exception {
        try (Upstream one = Upstream.tireless("one");
                Upstream two = Upstream.tireless("two");
                Backend third = Backend.start("three", mode);
                TestGateway gateway = TestGateway.over(
                        table(one.port(), two.port(), third.port()),
                        config -> TestGateway.with(config, 2, Transport.AUTO))) {
            Load gets = Load.gets(gateway.port(), CALLERS);
            Load posts = posts(gateway);
            try (gets;
                    posts) {
                gets.more(200);
                posts.more(100);
                mishap.happens(third);
                gets.more(1000);
                posts.more(500);
            }
            return told(name, gateway, gets, posts);
        }
    }

    private static Load posts(TestGateway gateway) {
        return new Load(gateway.port(), POSTING, POST, response -> response.status() == 200);
    }

    private static Failed told(String name, TestGateway gateway, Load gets, Load posts) {
        int retried = gateway.observed().stream()
                .mapToInt(TestGateway.Observed::retries)
                .sum();
        System.out.println(
                name + ": GET sent " + gets.sent + ", failed " + gets.failed + " " + gets.failures + "; POST sent "
                        + posts.sent + ", failed " + posts.failed + " " + posts.failures + "; retried " + retried);
        return new Failed(gets.failed.get(), posts.failed.get());
    }

    @Test
    void noRequestFailsWhenAnEndpointIsKilledButThoseInFlightThatMayNotBeRepeated() throws Exception {
        Failed failed = under("killed", "well", Backend::kill);
        assertThat(failed.idempotent()).isZero();
        assertThat(failed.others()).isLessThanOrEqualTo(POSTING);
    }

    @Test
    void noRequestFailsWhenAnEndpointIsStoppedButThoseInFlightThatMayNotBeRepeated() throws Exception {
        Failed failed = under("stopped", "well", Backend::stop);
        assertThat(failed.idempotent()).isZero();
        assertThat(failed.others()).isLessThanOrEqualTo(ERRORS + POSTING);
    }

    @Test
    void noRequestFailsWhenAnEndpointAnswers503ButThoseThatMayNotBeRepeatedUntilItIsEjected() throws Exception {
        Failed failed = under("answers 503", "503", third -> {});
        assertThat(failed.idempotent()).isZero();
        assertThat(failed.others()).isLessThanOrEqualTo(ERRORS + POSTING);
    }

    @Test
    void noRequestFailsWhenAnEndpointAnswersAfterTenSecondsButThoseThatMayNotBeRepeatedUntilItIsEjected()
            throws Exception {
        Failed failed = under("answers after 10 s", "slow", third -> {});
        assertThat(failed.idempotent()).isZero();
        assertThat(failed.others()).isLessThanOrEqualTo(ERRORS + POSTING);
    }

    @Test
    void onlyWhatWasInFlightFailsWhenAnEndpointResetsAmidItsResponses() throws Exception {
        // five errors in a row eject it; what the other clients had under way there at that moment fails too
        Failed failed = under("resets in mid-answer", "reset", third -> {});
        assertThat(failed.idempotent() + failed.others()).isLessThanOrEqualTo(ERRORS + CALLERS + POSTING);
    }

    @Test
    void noRequestFailsWhileAnEndpointComesAndGoes() throws Exception {
        try (Upstream one = Upstream.tireless("one");
                Upstream two = Upstream.tireless("two");
                Upstream third = Upstream.tireless("three");
                TestGateway gateway = TestGateway.over(
                        table(one.port(), two.port()), config -> TestGateway.with(config, 2, Transport.AUTO))) {
            Load gets = Load.gets(gateway.port(), CALLERS);
            Load posts = posts(gateway);
            try (gets;
                    posts) {
                ScheduledExecutorService changes = Executors.newSingleThreadScheduledExecutor();
                CountDownLatch left = new CountDownLatch(30);
                changes.scheduleAtFixedRate(
                        () -> {
                            gateway.table(
                                    left.getCount() % 2 == 0
                                            ? table(one.port(), two.port(), third.port())
                                            : table(one.port(), two.port()));
                            left.countDown();
                        },
                        50,
                        50,
                        TimeUnit.MILLISECONDS);
                assertThat(left.await(1, TimeUnit.MINUTES)).isTrue();
                changes.shutdownNow();
                assertThat(changes.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(told("added and removed 30 times", gateway, gets, posts)).isEqualTo(new Failed(0, 0));
        }
    }
}
