package io.laneway.router.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15));

    @Test
    void doublesUpToTheLongest() {
        assertThat(IntStream.range(0, 8).mapToObj(backoff::after).map(Duration::toMillis))
                .containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 15_000L, 15_000L, 15_000L);
        assertThat(backoff.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void thoseWhoFailTogetherComeBackApartInTheUpperHalf() {
        SplittableRandom random = new SplittableRandom(7);
        for (int failures = 0; failures < 8; failures++) {
            long pause = backoff.after(failures).toMillis();
            int failed = failures;
            List<Long> seen = Stream.generate(
                            () -> backoff.after(failed, random).toMillis())
                    .limit(1000)
                    .toList();
            assertThat(seen).allMatch(millis -> millis >= pause / 2 && millis <= pause);
            assertThat(seen).anyMatch(millis -> millis < pause * 0.6).anyMatch(millis -> millis > pause * 0.9);
        }
    }

    @Test
    void aLongestBelowTheFirstIsRefused() {
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT2S to PT1S (expected: ");
    }
}
