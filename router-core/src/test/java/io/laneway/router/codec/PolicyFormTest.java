package io.laneway.router.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.document.Documents;
import io.laneway.router.document.Format;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Ejection;
import io.laneway.router.policy.Health;
import io.laneway.router.policy.Limits;
import io.laneway.router.policy.Policy;
import io.laneway.router.policy.Rate;
import io.laneway.router.policy.Retries;
import io.laneway.router.policy.Timeouts;
import io.laneway.router.unit.Share;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms of a policy's parts: what is absent, what is off, and what is refused with which words. */
class PolicyFormTest {

    private final Problems problems = Problems.strict();

    private Policy read(String yaml) {
        return TableReader.policy(
                Documents.parse(yaml.getBytes(StandardCharsets.UTF_8), "", Format.YAML, problems), problems);
    }

    private Policy taken(String yaml) {
        Policy policy = read(yaml);
        assertThat(problems.list()).isEmpty();
        return policy;
    }

    @Test
    void anEmptyPolicyAndEmptyPartsHaveTheDefaults() {
        assertThat(taken("{}")).isEqualTo(Policy.DEFAULT);
        assertThat(taken("{timeouts: {}, retries: {}, ejection: {}, headers: {}}"))
                .isEqualTo(Policy.DEFAULT);
    }

    @Test
    void offIsNoBoundNoRetryNoEjectionAndNoPart() {
        Policy policy =
                taken("{timeouts: {connect: off, request: off, idle: off, maxStreamAge: off, total: off, minRate: off},"
                        + " retries: off, ejection: off, health: off, limits: off, rate: off, mirror: off, fault: off,"
                        + " cors: off, sticky: off}");
        assertThat(policy.timeouts())
                .isEqualTo(new Timeouts(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0));
        assertThat(policy.retries().max()).isZero();
        assertThat(policy.retries().on()).isEmpty();
        assertThat(policy.ejection().consecutive5xx()).isZero();
        assertThat(policy.health()).isNull();
        assertThat(policy.limits()).isNull();
        assertThat(policy.rate()).isNull();
        assertThat(policy.mirror()).isNull();
        assertThat(policy.fault()).isNull();
        assertThat(policy.cors()).isNull();
        assertThat(policy.sticky()).isNull();
    }

    @Test
    void oneKeyLeavesItsSiblingsAtTheirDefaults() {
        assertThat(taken("timeouts: {request: 3s}").timeouts())
                .isEqualTo(new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofMinutes(5)));
        assertThat(taken("retries: {max: 3, on: ['503']}").retries())
                .isEqualTo(new Retries(3, Set.of(Retries.On.STATUS_503), Retries.Methods.IDEMPOTENT, 20, null, false));
        assertThat(taken("ejection: {for: 1m}").ejection()).isEqualTo(new Ejection(5, Duration.ofMinutes(1), 50));
        assertThat(taken("limits: {maxPending: 5}").limits()).isEqualTo(new Limits(0, 5, 0));
    }

    @Test
    void aBalancerIsAWordOrAHashOfSomething() {
        assertThat(taken("balancer: round-robin").balancer()).isEqualTo(Balancer.ROUND_ROBIN);
        assertThat(taken("balancer: {ring-hash: source}").balancer())
                .isEqualTo(new Balancer(Balancer.Kind.RING_HASH, Balancer.Key.SOURCE, ""));
        assertThat(taken("balancer: {ring-hash: {header: x-user}}").balancer())
                .isEqualTo(new Balancer(Balancer.Kind.RING_HASH, Balancer.Key.HEADER, "x-user"));
        assertThat(taken("balancer: {ring-hash: {cookie: sid}}").balancer())
                .isEqualTo(new Balancer(Balancer.Kind.RING_HASH, Balancer.Key.COOKIE, "sid"));
    }

    @Test
    void aHealthCheckIsByHttpGrpcOrTcp() {
        Health http = taken("health: {path: /ready}").health();
        assertThat(http.kind()).isEqualTo(Health.Kind.HTTP);
        assertThat(http.interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(http.timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(http.unhealthyAfter()).isEqualTo(3);
        assertThat(http.healthyAfter()).isEqualTo(2);
    }

    @Test
    void aRateCountsByTenantLaneSourceOrAHeader() {
        assertThat(taken("rate: {requests: 5, key: lane}").rate())
                .isEqualTo(new Rate(5, Duration.ofSeconds(1), 5, Rate.Key.LANE, ""));
        assertThat(taken("rate: {requests: 5, per: 1m, burst: 9, key: 'header: x-user '}")
                        .rate())
                .isEqualTo(new Rate(5, Duration.ofMinutes(1), 9, Rate.Key.HEADER, "x-user"));
    }

    @Test
    void aRateCountsAtEachGatewayUnlessItIsTheFleets() {
        assertThat(taken("rate: {requests: 5, key: lane}").rate().scope()).isEqualTo(Rate.Scope.GATEWAY);
        assertThat(taken("rate: {requests: 5, key: lane, scope: fleet}").rate().scope())
                .isEqualTo(Rate.Scope.FLEET);
    }

    @Test
    void aMirrorAndAFaultAreForAllUnlessTheySayAShare() {
        assertThat(taken("mirror: {lane: f}").mirror().share()).isEqualTo(new Share(Share.SLOTS));
        assertThat(taken("fault: {lane: f, delay: 1s, share: 5%}").fault().share())
                .isEqualTo(new Share(500));
        assertThat(taken("fault: {lane: f, abort: 503}").fault().delay()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{retries: {max: 101}} | retries.max: the number 101 (expected: a whole number from 0 to 100)",
                "{retries: {budget: 20}} | retries.budget: the number 20 (expected: a whole percentage from 0% to"
                        + " 100%)",
                "{retries: {on: [reset]}} | retries.on[0]: 'reset' (expected: one of connect-failure, refused-stream,"
                        + " reset-before-response, 502, 503, 504)",
                "{retries: {methods: get}} | retries.methods: 'get' (expected: one of idempotent, all)",
                "{timeouts: {request: 5}} | timeouts.request: the number 5 (expected: a number and ms, s, m, h or d,"
                        + " such as 500ms or 15m)",
                "{timeouts: {minRate: -1}} | timeouts.minRate: the number -1 (expected: a whole number >= 0)",
                "{balancer: random} | balancer: 'random' (expected: least-request, round-robin or {ring-hash: {header:"
                        + " <name>}})",
                "{rate: {requests: 0, key: lane}} | rate.requests: the number 0 (expected: a whole number >= 1)",
                "{rate: {requests: 1, key: user}} | rate.key: 'user' (expected: tenant, lane, source or header:<name>)",
                "{rate: {requests: 1, key: lane, per: 0s}} | rate.per: PT0S (expected: a duration above 0)",
                "{fault: {lane: f}} | fault.delay: neither delay nor abort (expected: one of them at least)",
                "{fault: {lane: f, delay: 1s, abort: 600}} | fault.abort: the number 600 (expected: a whole number"
                        + " from 200 to 599)",
                "{mirror: {share: 5%}} | mirror.lane: missing (expected: a text)",
                "{sticky: {}} | sticky.cookie: missing (expected: a text)",
                "{sticky: {cookie: seat, ttl: 10ms}} | sticky.ttl: 10ms (expected: at least 1s)",
                "{cors: {}} | cors.origins: no origin (expected: at least one origin, such as"
                        + " https://shop.example.com, or '*')",
                "{timeout: {}} | timeout: unknown key (expected: timeouts)",
                "{headers: {request: {set: [a]}}} | headers.request.set: a list (expected: a mapping)",
                "{limits: {maxRequests: many}} | limits.maxRequests: 'many' (expected: a whole number >= 0)"
            })
    void whatIsWrongHasItsPathAndWhatWasExpected(String yaml, String expected) {
        read(yaml);
        assertThat(problems.list()).extracting(Object::toString).containsExactly(expected);
    }
}
