package io.laneway.gateway.telemetry.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Beginnings by a clock for durations, with that of the day beside it. */
class StartTimesTest {

    private static final Instant THEN = Instant.parse("2026-11-30T01:30:00.123456789Z");

    private long now = -12_345_678_901L;
    private long reading = 100;
    private Duration set = Duration.ZERO;
    private long drift = Long.MAX_VALUE;
    private final long start = now;
    private final StartTimes times = new StartTimes(new Day(), () -> now += reading);

    @Test
    void whatBeginsUponAnEndBeginsBehindIt() {
        drift = 5_000; // 200 of a million
        SplittableRandom random = new SplittableRandom(7);
        Instant end = Instant.EPOCH;
        for (int i = 0; i < 100_000; i++) {
            // between two readings there is a pause at times
            reading = random.nextInt(20) == 0 ? 5_000_000 : 100;
            Instant begin = times.of(now);
            assertThat(begin).isAfterOrEqualTo(end.minusNanos(30_000));
            assertThat(Duration.between(day(), begin).abs()).isLessThan(Duration.ofMillis(11));
            long took = 100_000 + random.nextLong(1_000_000);
            end = begin.plus(Duration.ofNanos(took / 1000 * 1000));
            now += took + 1_000;
        }
    }

    @Test
    void aClockOfTheDayThatIsSetIsFollowed() {
        reading = 0;
        assertThat(times.of(now)).isEqualTo("2026-11-30T01:30:00.123456Z");
        now += 250_000;
        assertThat(times.of(now)).isEqualTo("2026-11-30T01:30:00.123706Z");
        set = Duration.ofHours(-1);
        now += 200_000_000;
        assertThat(times.of(now)).isEqualTo("2026-11-30T00:30:00.323706Z");
    }

    private Instant day() {
        return THEN.plusNanos(now - start).plusNanos((now - start) / drift).plus(set);
    }

    private final class Day extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return day();
        }
    }
}
