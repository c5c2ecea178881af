package io.laneway.control.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.laneway.control.guard.Evidence.Counts;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What chance does to evidence, and what a broken service does; seeded, so that each run is the same. */
class EvidenceTest {

    private static final int RUNS = Integer.getInteger("laneway.guard.runs", 100);
    private static final int LOOKS = Integer.getInteger("laneway.guard.looks", 300);

    /** Of three signals of one service: what a plan may take for chance. */
    private static final double SURE = 3 / 0.01;

    private final Random random = new Random(13);

    private Counts counts(int all, double rate) {
        int bad = 0;
        for (int i = 0; i < all; i++) {
            bad += random.nextDouble() < rate ? 1 : 0;
        }
        return new Counts(all, bad);
    }

    @Test
    void equalErrorRatesAreNeverEvidenceHoweverOftenOneLooks() {
        double highest = 0;
        for (int run = 0; run < RUNS; run++) {
            Evidence evidence = new Evidence();
            for (int look = 0; look < LOOKS; look++) {
                evidence.add(counts(20, 0.05), counts(60, 0.05), look / 12.0);
                highest = Math.max(highest, evidence.value());
            }
        }
        assertThat(highest).isBetween(1.0, SURE);
    }

    @Test
    void looksOneByOneAreNoMoreOftenWrongThanOneLook() {
        int reached = 0;
        for (int run = 0; run < 500; run++) {
            Evidence evidence = new Evidence();
            double highest = 0;
            for (int look = 0; look < 60; look++) {
                evidence.add(counts(10, 0.2), counts(10, 0.2), look / 12.0);
                highest = Math.max(highest, evidence.value());
            }
            reached += highest >= 20 ? 1 : 0;
        }
        assertThat(reached).as("of 500, where 5 %% are allowed").isLessThan(25);
    }

    @Test
    void anEnvironmentThatIsBetterIsNoEvidence() {
        Evidence evidence = new Evidence();
        for (int look = 0; look < 500; look++) {
            evidence.add(counts(20, 0.01), counts(60, 0.05), look / 12.0);
            assertThat(evidence.value()).isLessThan(2);
        }
    }

    @Test
    void aServiceThatIsBrokenFromTheFirstRequestIsSeenAtOnce() {
        Evidence evidence = new Evidence();
        evidence.add(new Counts(100, 50), new Counts(1_900, 95), 0);
        assertThat(evidence.p()).isLessThan(1e-9);
        Evidence alone = new Evidence();
        alone.add(new Counts(1_000, 50), new Counts(1_000, 10), 0);
        assertThat(alone.p()).isLessThan(0.01 / 3);
    }

    @Test
    void aServiceThatBreaksAfterADayIsSeenSoon() {
        Evidence evidence = new Evidence();
        int look = 0;
        for (; look < 2_000; look++) {
            evidence.add(counts(20, 0.05), counts(60, 0.05), look / 3.0);
        }
        int begin = look;
        while (evidence.value() < SURE) {
            evidence.add(counts(20, 0.5), counts(60, 0.05), look++ / 3.0);
        }
        assertThat(look - begin).as("looks of 20 requests each").isBetween(1, 5);
    }

    @Test
    void aBoundIsHeldWhereItIsHeldAndSeenBrokenWhereNot() {
        Evidence held = new Evidence();
        Evidence broken = new Evidence();
        for (int look = 0; look < 500; look++) {
            held.add(counts(100, 0.01), 0.01, look / 12.0);
            assertThat(held.value()).isLessThan(SURE);
        }
        broken.add(new Counts(200, 200), 0.01, 0);
        assertThat(broken.p()).isLessThan(1e-12);
        Evidence nothing = new Evidence();
        nothing.add(new Counts(0, 0), 0, 0);
        assertThat(nothing.value()).isEqualTo(1, within(1e-12));
    }
}
