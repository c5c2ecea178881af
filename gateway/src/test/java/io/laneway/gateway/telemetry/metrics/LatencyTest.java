package io.laneway.gateway.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyTest {

    @Test
    void boundsAreInclusive() {
        assertThat(Latency.bucket(500_000)).isZero();
        assertThat(Latency.bucket(500_001)).isEqualTo(1);
        assertThat(Latency.bucket(60_000_000_000L)).isEqualTo(Latency.BUCKETS - 2);
        assertThat(Latency.bucket(60_000_000_001L)).isEqualTo(Latency.BUCKETS - 1);
        assertThat(Latency.bucket(0)).isZero();
        assertThat(Latency.bucket(Long.MAX_VALUE)).isEqualTo(Latency.BUCKETS - 1);
    }

    @Test
    void everyDurationFallsIntoTheFirstBucketThatHoldsIt() {
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            long nanos = random.nextLong() >>> (1 + random.nextInt(62));
            int bucket = Latency.bucket(nanos);
            assertThat(nanos / 1e9).isLessThanOrEqualTo(bound(bucket));
            assertThat(bucket == 0 || nanos / 1e9 > bound(bucket - 1)).isTrue();
        }
    }

    @Test
    void aClockThatWentBackCountsAsNoTime() {
        Latency latency = new Latency();
        latency.record(-5);
        long[] sums = new long[Latency.BUCKETS + 1];
        latency.addTo(sums, 0);

        assertThat(sums[0]).isEqualTo(1);
        assertThat(sums[Latency.SUM]).isZero();
    }

    private static double bound(int bucket) {
        String text = Latency.boundSeconds(bucket);
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }
}
