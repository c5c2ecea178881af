package io.laneway.router.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "500ms,500",
        "5s,5000",
        "15m,900000",
        "2h,7200000",
        "6d,518400000",
        "0s,0",
        "' 1 s ',1000",
        "100000d,8640000000000"
    })
    void aNumberAndAUnit(String text, long millis) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({
        "0,0s",
        "1,1ms",
        "999,999ms",
        "1000,1s",
        "1500,1500ms",
        "60000,1m",
        "90000,90s",
        "3600000,1h",
        "86400000,1d",
        "172800000,2d"
    })
    void isWrittenInTheLargestUnitThatIsExact(long millis, String text) {
        assertThat(Durations.format(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @Test
    void whatIsWrittenIsReadBackEqual() {
        Random random = new Random(3);
        long[] units = {1, 1_000, 60_000, 3_600_000, 86_400_000};
        for (int i = 0; i < 5_000; i++) {
            Duration duration = Duration.ofMillis(random.nextInt(90_000) * units[random.nextInt(units.length)]);
            assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-5s", "5 minutes", "1.5s", "5S", "1h30m", "5us", "1234567890123456s"})
    void anotherFormIsRefusedWithAnExample(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessage("duration: " + text + " (expected: a number and ms, s, m, h or d, such as 500ms or 15m)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100001d", "2400001h", "999999999999999h", "999999999999999d"})
    void aDurationThatNoLongOfNanosecondsHoldsIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessage("duration: " + text + " (expected: at most 100000d)");
    }
}
