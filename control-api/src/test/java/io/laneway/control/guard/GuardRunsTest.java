package io.laneway.control.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.gateways.Fallbacks;
import io.laneway.control.gateways.GatewayReport;
import io.laneway.control.gateways.Measure;
import io.laneway.control.gateways.Measures;
import io.laneway.control.gateways.ServiceLane;
import io.laneway.control.gateways.Totals;
import io.laneway.control.guard.Judge.Figures;
import io.laneway.control.guard.Verdict.OfService;
import io.laneway.control.guard.Verdict.Word;
import io.laneway.router.unit.Share;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whole lives of plans under a guard, from reports of a gateway to the verdict; seeded, so that each run is the same. */
class GuardRunsTest {

    private static final int RUNS = Integer.getInteger("laneway.guard.runs", 100);
    private static final int REPORTS = Integer.getInteger("laneway.guard.reports", 60);
    private static final List<String> BOUNDS = List.of("1", "2", "3", "5", "7.5", "10", "15", "25", "50", "100", "250");

    private static final Guard GUARD = new Guard(
            Duration.ofMinutes(1), 100, Share.parse("1%"), 1.5, Share.parse("1%"), Duration.ofHours(24), List.of());

    /** One service's requests, as a gateway counts them. */
    private static final class Traffic {
        private final Random random;
        private long requests;
        private long errors;
        private final Map<String, Long> latency = new HashMap<>();

        Traffic(Random random) {
            this.random = random;
        }

        void pass(int count, double rate, double slower) {
            for (int i = 0; i < count; i++) {
                requests++;
                errors += random.nextDouble() < rate ? 1 : 0;
                double ms = slower * Math.exp(1 + 0.8 * random.nextGaussian());
                String bound = BOUNDS.stream()
                        .filter(one -> ms <= Double.parseDouble(one))
                        .findFirst()
                        .orElse("+Inf");
                latency.merge(bound, 1L, Long::sum);
            }
        }

        Totals totals(String requested) {
            return new Totals("a", "x", requested, requests, errors, new Fallbacks(0, 0), latency);
        }
    }

    /** The environment of one run: its share of errors and how many times slower it is than base. */
    private record Environment(int requests, double errors, double slower) {}

    /** How many reports it took until the plan was aborted; -1 if it was not. */
    private static int aborted(long seed, Environment gray, double stable) {
        Random random = new Random(seed);
        Traffic environment = new Traffic(random);
        Traffic base = new Traffic(random);
        Measures measures = new Measures(() -> Set.of("g0", "master"));
        ServiceEvidence evidence = new ServiceEvidence(Measure.NONE, Measure.NONE);
        // Two services are looked at for three signals each.
        Judge judge = new Judge(GUARD, 6);
        for (int i = 0; i <= REPORTS; i++) {
            long now = i * 5_000L;
            if (i > 0) {
                environment.pass(gray.requests(), gray.errors(), gray.slower());
                base.pass(4 * gray.requests(), stable, 1);
            }
            List<Totals> told = List.of(environment.totals("G0"), base.totals("master"));
            measures.add(
                    "gw",
                    new GatewayReport("1", "", "run", "", 0, "following", true, told, List.of(), Map.of(), List.of()),
                    now);
            if (worse(measures, evidence, judge, now)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean worse(Measures measures, ServiceEvidence evidence, Judge judge, long now) {
        Map<ServiceLane, Measure> window = measures.since(Math.max(0, now - 60_000));
        Map<ServiceLane, Measure> totals = measures.totals();
        Figures figures = new Figures("a", true, of(window, "g0"), of(window, "master"), null);
        evidence.add(GUARD, of(totals, "g0"), of(totals, "master"), figures.base(), null, now / 60_000.0);
        OfService verdict = judge.of(figures, evidence);
        return verdict.word() == Word.WORSE;
    }

    private static Measure of(Map<ServiceLane, Measure> measured, String lane) {
        return measured.getOrDefault(new ServiceLane("a", lane), Measure.NONE);
    }

    @Test
    void equalErrorRatesAbortNoPlan() {
        for (int run = 0; run < RUNS; run++) {
            assertThat(aborted(run, new Environment(20, 0.05, 1), 0.05))
                    .as("run %s", run)
                    .isEqualTo(-1);
        }
    }

    @Test
    void anEnvironmentWithALittleMoreThanIsAllowedIsAbortedInTime() {
        for (int run = 0; run < 10; run++) {
            assertThat(aborted(run, new Environment(40, 0.12, 1), 0.05))
                    .as("run %s", run)
                    .isBetween(1, 60);
        }
    }

    @Test
    void aBrokenEnvironmentIsAbortedWithItsFirstHundredRequests() {
        for (int run = 0; run < 10; run++) {
            assertThat(aborted(run, new Environment(20, 0.5, 1), 0.05))
                    .as("run %s", run)
                    .isBetween(1, 6);
        }
    }

    @Test
    void anEnvironmentThatIsThreeTimesAsSlowIsAborted() {
        for (int run = 0; run < 10; run++) {
            assertThat(aborted(run, new Environment(60, 0.05, 3), 0.05))
                    .as("run %s", run)
                    .isBetween(1, 60);
        }
    }
}
