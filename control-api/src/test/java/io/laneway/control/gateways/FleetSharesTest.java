package io.laneway.control.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FleetSharesTest {

    private static final Set<String> ALL = Set.of("a", "b", "c");

    private final FleetShares shares = new FleetShares();
    private final Map<String, Long> totals = new HashMap<>();
    private long now = 1_000_000;

    private void report(String gateway, long requests, String run) {
        long total = totals.merge(gateway + run, requests, Long::sum);
        Totals of = new Totals("api", "master", "", total, 0, Map.of());
        shares.reported(
                gateway,
                new GatewayReport("1", "", run, "s", 1, "following", true, List.of(of), List.of(), Map.of(), List.of()),
                now);
    }

    private void round(long a, long b, long c) {
        now += 5_000;
        report("a", a, "1");
        report("b", b, "1");
        report("c", c, "1");
    }

    private double share(String gateway, Set<String> connected) {
        return shares.share("api", gateway, connected);
    }

    private double all(Set<String> connected) {
        return connected.stream().mapToDouble(each -> share(each, connected)).sum();
    }

    @Test
    void beforeAnyRequestAllHaveTheSame() {
        round(0, 0, 0);
        assertThat(share("a", ALL)).isEqualTo(1 / 3.0);
        assertThat(share("new", Set.of("new"))).isEqualTo(1);
    }

    @Test
    void sharesFollowTheRequestsAndAreOneTogether() {
        for (int i = 0; i < 8; i++) {
            round(100, 300, 600);
            assertThat(all(ALL)).isLessThanOrEqualTo(1 + 1e-9);
        }
        assertThat(all(ALL)).isCloseTo(1, within(1e-3));
        assertThat(share("a", ALL)).isCloseTo(0.2 / 3 + 0.08, within(0.01));
        assertThat(share("c", ALL)).isCloseTo(0.2 / 3 + 0.48, within(0.01));
        for (int i = 0; i < 6; i++) {
            round(600, 0, 0);
            assertThat(all(ALL)).isLessThanOrEqualTo(1 + 1e-9);
        }
        assertThat(share("a", ALL)).isGreaterThan(0.8);
        assertThat(share("b", ALL)).isGreaterThan(0.06);
        all(ALL);
        assertThat(all(ALL)).isCloseTo(1, within(1e-3));
    }

    @Test
    void whatTwentyHoldIsNeverMoreThanOneAndAFifthHoweverRequestsMove() {
        Random random = new Random(18);
        Set<String> fleet = new TreeSet<>();
        for (int i = 0; i < 20; i++) {
            fleet.add("g" + i);
        }
        Map<String, Double> held = new HashMap<>();
        double most = 0;
        for (int round = 0; round < 500; round++) {
            boolean storm = random.nextInt(10) == 0;
            for (String each : fleet) {
                now += 250;
                report(each, storm ? 1_000_000 : 1 + random.nextInt(100), "1");
                held.put(each, share(each, fleet));
                double all =
                        held.values().stream().mapToDouble(Double::doubleValue).sum();
                most = held.size() < fleet.size() || round == 0 ? 0 : Math.max(most, all);
            }
        }
        assertThat(most).as("rates of a fleet: held together at most").isBetween(0.9, 1 + FleetShares.EVEN);
    }

    @Test
    void oneThatBeginsGetsAFifthOfItsPartUntilTheOthersGaveTheirs() {
        for (int i = 0; i < 3; i++) {
            round(100, 100, 0);
            all(ALL);
        }
        round(100, 100, 100);
        assertThat(share("c", ALL)).isCloseTo(FleetShares.EVEN / 3, within(1e-9));
        round(100, 100, 100);
        share("a", ALL);
        share("b", ALL);
        assertThat(share("c", ALL)).isGreaterThan(0.2);
        assertThat(all(ALL)).isLessThanOrEqualTo(1 + 1e-9);
    }

    @Test
    void oneThatNeverServedHasThatOfOneMoreAndTakesNothingAway() {
        for (int i = 0; i < 3; i++) {
            round(100, 100, 0);
        }
        assertThat(share("c", ALL)).isEqualTo(1 / 3.0);
        assertThat(share("a", ALL)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void whatOneThatWentHadIsOfTheOthers() {
        for (int i = 0; i < 3; i++) {
            round(100, 100, 100);
        }
        assertThat(all(Set.of("a", "b"))).isCloseTo(1, within(1e-9));
        shares.forgotten("b");
        assertThat(share("a", Set.of("a"))).isEqualTo(1);
    }

    @Test
    void aGatewayThatWasStartedAgainBeginsFromZero() {
        round(100, 100, 100);
        round(100, 100, 100);
        now += 5_000;
        report("a", 1, "2");
        assertThat(share("a", ALL)).isBetween(0.05, 0.5);
        assertThat(all(ALL)).isCloseTo(1, within(1e-9));
    }

    @Test
    void quietTimesLeaveEvenShares() {
        for (int i = 0; i < 3; i++) {
            round(100, 300, 0);
        }
        for (int i = 0; i < 60; i++) {
            round(0, 0, 0);
        }
        assertThat(share("a", ALL)).isEqualTo(0.5);
    }
}
