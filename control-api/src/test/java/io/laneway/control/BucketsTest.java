package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.laneway.control.gateways.Buckets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BucketsTest {

    private static final double INFINITE = Double.POSITIVE_INFINITY;

    @Test
    void quantilesAreInterpolatedWithinTheirBucket() {
        Buckets all = new Buckets(Map.of(10.0, 90L, 25.0, 10L));
        assertThat(all.quantile(0.45)).isEqualTo(8.75, within(1e-9));
        assertThat(all.quantile(0.9)).isEqualTo(10, within(1e-9));
        assertThat(all.quantile(0.99)).as("between 15, which is empty, and 25").isEqualTo(24, within(1e-9));
        assertThat(new Buckets(Map.of(0.5, 4L)).quantile(0.5)).isEqualTo(0.25);
        assertThat(Buckets.NONE.quantile(0.99)).isNaN();
    }

    @Test
    void whatIsAboveTheLastBoundCountsAsAtIt() {
        assertThat(new Buckets(Map.of(5.0, 1L, INFINITE, 99L)).quantile(0.99)).isEqualTo(60_000);
    }

    @Test
    void aBoundThatIsNotTheGatewaysIsTakenAsItIs() {
        assertThat(new Buckets(Map.of(12.0, 10L)).quantile(0.5)).isEqualTo(11);
    }

    @Test
    void whatIsAboveATimeIsInterpolatedToo() {
        Buckets all = new Buckets(Map.of(10.0, 80L, 25.0, 10L, INFINITE, 10L));
        assertThat(all.above(5)).isEqualTo(100);
        assertThat(all.above(8.75)).isEqualTo(60);
        assertThat(all.above(10)).isEqualTo(20);
        assertThat(all.above(20)).isEqualTo(15);
        assertThat(all.above(59_999)).isEqualTo(10);
        assertThat(all.above(60_000)).isZero();
    }
}
