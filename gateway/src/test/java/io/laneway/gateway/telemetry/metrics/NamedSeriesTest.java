package io.laneway.gateway.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.telemetry.metrics.NamedSeries.Weight;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NamedSeriesTest {

    private static final Weight WEIGHT = new Weight() {
        @Override
        public int lines(long[] counts) {
            return 1;
        }

        @Override
        public long requests(long[] counts) {
            return counts[0];
        }
    };

    private final NamedSeries<String> series = new NamedSeries<>(3, 1, WEIGHT, key -> "other");
    private final Map<String, Long> shown = new HashMap<>();
    private long now = 1_000_000;

    /** What Prometheus holds to have been counted: the differences of samples that follow each other. */
    private long increase;

    private void scrape(Map<String, Integer> counted) {
        counted.forEach((key, count) -> series.entry(key).counts()[0] += count);
        series.settle(now);
        Map<String, Long> before = Map.copyOf(shown);
        shown.clear();
        series.named((key, counts) -> shown.put(key, counts[0]));
        series.folded().forEach((key, counts) -> shown.put(key, counts[0]));
        shown.forEach((key, value) -> {
            Long last = before.get(key);
            if (last != null) {
                assertThat(value).as(key).isGreaterThanOrEqualTo(last);
                increase += value - last;
            }
        });
    }

    private void later() {
        now += NamedSeries.REST_MILLIS;
    }

    @Test
    void allAreNamedWhileThereIsRoom() {
        scrape(Map.of("a", 1, "b", 2, "c", 3));
        assertThat(shown).isEqualTo(Map.of("a", 1L, "b", 2L, "c", 3L));
    }

    @Test
    void theBusiestAreNamedAndTheOthersSummedUp() {
        scrape(Map.of("a", 1, "b", 2, "c", 3, "d", 4, "e", 5));
        assertThat(shown).isEqualTo(Map.of("c", 3L, "d", 4L, "e", 5L, "other", 3L));
        assertThat(series.unnamed()).isEqualTo(2);
        assertThat(series.folds("a")).isTrue();
        assertThat(series.folds("e")).isFalse();
    }

    @Test
    void aSeriesThatComesBeginsAtNothingAndOneThatGoesTakesNothingAway() {
        scrape(Map.of("a", 10, "b", 10, "c", 10, "d", 1));
        later();
        scrape(Map.of("a", 10, "b", 10, "c", 0, "d", 1000));
        assertThat(shown).as("what d counted before").isEqualTo(Map.of("a", 20L, "b", 20L, "d", 0L, "other", 1001L));
        scrape(Map.of("a", 1, "b", 1, "c", 5, "d", 7));
        assertThat(shown).isEqualTo(Map.of("a", 21L, "b", 21L, "d", 7L, "other", 1006L));
    }

    @Test
    void oneThatIsALittleBusierTakesNoPlace() {
        scrape(Map.of("a", 10, "b", 10, "c", 10));
        later();
        scrape(Map.of("a", 10, "b", 10, "c", 10, "d", 19));
        assertThat(shown).containsOnlyKeys("a", "b", "c", "other");
    }

    @Test
    void placesChangeOnceAMinuteButANewKeyTakesAFreeOneAtOnce() {
        scrape(Map.of("a", 10, "b", 10));
        now++;
        scrape(Map.of("a", 0, "b", 0, "c", 1, "d", 100));
        assertThat(shown).isEqualTo(Map.of("a", 10L, "b", 10L, "d", 100L, "other", 1L));
    }

    @Test
    void aKeyThatIsGoneIsForgotten() {
        scrape(Map.of("a", 10, "b", 10));
        scrape(Map.of("a", 1));
        assertThat(shown).isEqualTo(Map.of("a", 11L));
        scrape(Map.of("a", 0, "b", 1));
        assertThat(shown).isEqualTo(Map.of("a", 11L, "b", 1L));
    }

    @Test
    void eachRequestIsSeenOnceHoweverTheKeysComeAndGo() {
        Random random = new Random(7);
        TreeSet<String> ever = new TreeSet<>();
        scrape(Map.of("a", 0, "b", 0, "c", 0, "d", 0, "e", 0, "f", 0));
        series.folded().forEach((key, counts) -> shown.put(key, counts[0]));
        long counted = 0;
        for (int round = 0; round < 2_000; round++) {
            Map<String, Integer> each = new HashMap<>();
            for (String key : new String[] {"a", "b", "c", "d", "e", "f"}) {
                int count = random.nextInt(4) == 0 ? random.nextInt(1_000) : random.nextInt(3);
                each.put(key, count);
                counted += count;
            }
            now += random.nextInt(30_000);
            scrape(each);
            ever.addAll(shown.keySet());
            assertThat(shown).hasSizeLessThanOrEqualTo(4);
        }
        assertThat(ever).hasSize(7);
        assertThat(increase).isEqualTo(counted);
    }
}
