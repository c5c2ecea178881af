package io.laneway.gateway.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutlierDetectorTest {

    private static final Duration FIRST = Duration.ofSeconds(30);

    private final OutlierDetector outlier = new OutlierDetector();

    @Test
    void isOneAfterThatManyErrorsInARow() {
        assertThat(outlier.failed(3)).isFalse();
        assertThat(outlier.failed(3)).isFalse();
        outlier.succeeded();
        assertThat(outlier.failed(3)).isFalse();
        assertThat(outlier.failed(3)).isFalse();
        assertThat(outlier.failed(3)).isTrue();
        assertThat(outlier.failed(3)).isFalse();
    }

    @Test
    void isNeverOneWhenTheThresholdIsOff() {
        for (int i = 0; i < 100; i++) {
            assertThat(outlier.failed(0)).isFalse();
        }
    }

    @Test
    void isEjectedLongerEachTimeInARowUpToABound() {
        long now = 0;
        for (int time = 1; time <= 12; time++) {
            Duration ejected = outlier.eject(FIRST, now);
            assertThat(ejected).isEqualTo(FIRST.multipliedBy(Math.min(10, time)));
            assertThat(outlier.ejected()).isTrue();
            now += ejected.toNanos();
            outlier.restore(now);
            assertThat(outlier.ejected()).isFalse();
        }
    }

    @Test
    void isForgivenAnEjectionForEachSpellOfGoodConduct() {
        outlier.eject(FIRST, 0);
        outlier.restore(1);
        outlier.eject(FIRST, 2);
        outlier.restore(3);

        assertThat(outlier.eject(FIRST, 3 + FIRST.toNanos())).isEqualTo(FIRST.multipliedBy(2));
    }

    @Test
    void mayBeEjectedOnlyWithinTheShareAndBesideOthers() {
        assertThat(OutlierDetector.mayEject(2, 0, 1, 50)).isTrue();
        assertThat(OutlierDetector.mayEject(3, 1, 2, 50)).isFalse();
        assertThat(OutlierDetector.mayEject(4, 1, 2, 50)).isTrue();
        assertThat(OutlierDetector.mayEject(1, 0, 0, 100)).isFalse();
        assertThat(OutlierDetector.mayEject(5, 0, 0, 100)).isFalse();
        assertThat(OutlierDetector.mayEject(10, 0, 9, 0)).isFalse();
    }
}
