package io.laneway.router.model.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No expression has a program longer than what is counted, so that none is compiled that is too long. */
class ExpressionSizeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "/v[0-9]+/.*",
                "(a|b|cd)?x*y+z??",
                "(?:a{2,5}){3}",
                "((a{1,10}){1,3}){1,3}c",
                "a{0}b{0,3}c{4,}",
                "[]a-z]{3}[^]]{2}[[:alpha:]_]{2}[\\]x]{2}",
                "\\Qa{1000}\\E\\p{Greek}{3}\\x{10FFFF}{2}\\pN{2}\\{2}",
                "a{x}b{,3}c{1,2,3}",
                "(?i)straße{2}|(?s:.{7})$",
                "(?P<name>[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12})"
            })
    void aProgramIsNotLongerThanCounted(String expression) {
        // A few more begin and end every program.
        assertThat(ExpressionSize.of(expression) + 6)
                .isGreaterThanOrEqualTo(Pattern.compile(expression).programSize());
        assertThat(new RouteExpressions(expression, Map.of(), Map.of()).isEmpty())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(((a?){1000}){1000}){1000}",
                "/item/((a{1,30}){1,30}){1,30}c",
                "(a{1000}){1000}",
                "(x{999},){999}",
                "[a-z]{501}"
            })
    void whatWouldBeLongIsRefusedBeforeItIsCompiled(String expression) {
        assertThatThrownBy(() -> new RouteExpressions(null, Map.of("x-a", expression), Map.of()))
                .hasMessageContaining("regex: headers: a program of ")
                .hasMessageContaining("(expected: at most 500, where a repetition counts as often as it repeats)");
    }

    @Test
    void brokenOnesAreForTheCompilerToName() {
        for (String broken : List.of("a(", "a)", "[", "[]", "\\", "a{2", "{", "*", "\\p{", "((((")) {
            assertThat(ExpressionSize.of(broken)).as(broken).isNotNegative();
        }
    }
}
