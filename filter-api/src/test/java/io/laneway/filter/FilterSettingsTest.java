package io.laneway.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilterSettingsTest {

    private final FilterSettings settings = FilterSettings.of(Map.of(
            "header", "x-key", "most", 3L, "strict", true, "every", "15m", "keys", List.of("a", "b"), "odd", Map.of()));

    @Test
    void valuesAreReadByTheirKeys() {
        assertThat(settings.text("header")).isEqualTo("x-key");
        assertThat(settings.number("most", 0, 10, 1)).isEqualTo(3);
        assertThat(settings.bool("strict", false)).isTrue();
        assertThat(settings.duration("every", Duration.ZERO)).isEqualTo(Duration.ofMinutes(15));
        assertThat(settings.texts("keys")).containsExactly("a", "b");
        assertThat(settings.number("absent", 0, 10, 7)).isEqualTo(7);
    }

    @Test
    void whatIsWrongNamesItsKeyAndWhatWasExpected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.text("none"))
                .withMessage("none: missing (expected: a text)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.number("most", 5, 9, 6))
                .withMessage("most: '3' (expected: 5 to 9)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.text("odd"))
                .withMessage("odd: a mapping (expected: a text)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.duration("header", Duration.ZERO))
                .withMessageStartingWith("header: x-key (expected: ");
    }

    @Test
    void keysThatWereNotAskedForAreKnown() {
        settings.text("header");
        assertThat(settings.unknown()).containsExactly("every", "keys", "most", "odd", "strict");
    }
}
