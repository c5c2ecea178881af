package io.laneway.replay.diff.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.laneway.replay.diff.stat.FalseDiscoveries.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExactTestTest {

    @Test
    void givesTheChancesOfBinomials() {
        assertThat(ExactTest.atLeast(0, 0, 0)).isEqualTo(1);
        assertThat(ExactTest.atLeast(5, 5, 0)).isCloseTo(Math.pow(3, -5), within(1e-12));
        assertThat(ExactTest.atLeast(1, 2, 0)).isCloseTo(5 / 9.0, within(1e-12));
        assertThat(ExactTest.atLeast(2, 1, 1)).isCloseTo(2 / 9.0, within(1e-12));
        assertThat(ExactTest.atLeast(1, 1, 1)).isCloseTo(7 / 9.0, within(1e-12));
        assertThat(ExactTest.atLeast(3, 1, 1)).isZero();
        assertThat(ExactTest.atLeast(3_400, 10_000, 0)).isBetween(0.07, 0.09);
    }

    @Test
    void correctsForTheTestsThatCanReachTheLevelAlone() {
        List<Result> results = List.of(
                new Result(0.001, 0.0001), new Result(0.5, 0.0001), new Result(0.3, 0.3), new Result(0.004, 0.004));

        assertThat(FalseDiscoveries.corrected(results, 0.01))
                .containsExactly(new double[] {0.003, 0.5, 1, 0.006}, within(1e-12));
    }
}
