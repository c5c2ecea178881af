package io.laneway.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    private final LatencyHistogram histogram = new LatencyHistogram();

    @Test
    void knowsNothingBeforeTheFirstLatency() {
        assertThat(histogram.total()).isZero();
        assertThat(histogram.quantile(0.99)).isZero();
    }

    @Test
    void isExactForSmallValues() {
        for (int value = 1; value <= 100; value++) {
            histogram.record(value);
        }

        assertThat(histogram.quantile(0.5)).isEqualTo(50);
        assertThat(histogram.quantile(0.99)).isEqualTo(99);
        assertThat(histogram.quantile(1)).isEqualTo(100);
    }

    @Test
    void isWithinOnePercentOfASortedListForValuesOfAnySize() {
        Random random = new Random(7);
        long[] values = new long[20_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) Math.exp(random.nextDouble() * 25);
            histogram.record(values[i]);
        }
        Arrays.sort(values);

        for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 0.999}) {
            long exact = values[(int) Math.ceil(share * values.length) - 1];
            assertThat(histogram.quantile(share)).isCloseTo(exact, Percentage.withPercentage(1));
        }
    }

    @Test
    void neverNamesMoreThanTheLongest() {
        histogram.record(1_000_003);

        assertThat(histogram.quantile(0.999)).isEqualTo(1_000_003);
        assertThat(histogram.longest()).isEqualTo(1_000_003);
    }

    @Test
    void forgetsEverythingWhenCleared() {
        histogram.record(5);
        histogram.clear();

        assertThat(histogram.total()).isZero();
        assertThat(histogram.longest()).isZero();
        assertThat(histogram.quantile(1)).isZero();
    }

    @Test
    void countsALatencyBelowZeroAsZero() {
        histogram.record(-3);

        assertThat(histogram.total()).isOne();
        assertThat(histogram.quantile(1)).isZero();
    }
}
