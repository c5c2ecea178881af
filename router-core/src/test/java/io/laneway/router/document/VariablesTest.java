package io.laneway.router.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariablesTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("HOST", "example.com", "PORT", "8080", "EMPTY", "", "YAML", "[a, {b: c}]", "ON", "true");

    private final Problems problems = Problems.strict();

    private Scalar replaced(String value) {
        Node node = Documents.parse("k: " + value, problems);
        Node replaced = Variables.replace(node, ENVIRONMENT, problems);
        return (Scalar) ((Mapping) replaced).members().get("k");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "${HOST}                | example.com             | TEXT",
                "http://${HOST}:${PORT} | http://example.com:8080 | TEXT",
                "${PORT}                | 8080                    | INTEGER",
                "\"${PORT}\"            | 8080                    | TEXT",
                "${ON}                  | true                    | BOOLEAN",
                "${GONE:-7}             | 7                       | INTEGER",
                "${EMPTY:-x}            | x                       | TEXT",
                "${HOST:-x}             | example.com             | TEXT",
                "a$${HOST}              | a${HOST}                | TEXT",
                "$HOST                  | $HOST                   | TEXT",
                "\"${YAML}\"            | [a, {b: c}]             | TEXT",
                "${YAML}                | [a, {b: c}]             | TEXT"
            })
    void aValueTakesTheTypeThatItThenHas(String value, String text, Scalar.Kind kind) {
        Scalar scalar = replaced(value);
        assertThat(problems.list()).isEmpty();
        assertThat(scalar.text()).isEqualTo(text);
        assertThat(scalar.kind()).isEqualTo(kind);
    }

    @Test
    void oneThatIsNotSetIsAProblemAtItsKey() {
        replaced("${GONE}");
        assertThat(problems.list())
                .extracting(Object::toString)
                .containsExactly("k: the variable GONE is not set (expected: a value in the environment)");
    }

    @ParameterizedTest
    @CsvSource({"${}", "${1A}", "${A B}", "${A-x}", "${A:x}"})
    void anotherFormIsAProblem(String use) {
        replaced("'" + use + "'");
        assertThat(problems.list())
                .extracting(Object::toString)
                .containsExactly(
                        "k: the variable " + use + " (expected: ${NAME}, ${NAME:-default}, or $${ for ${ itself)");
    }

    @Test
    void keysAreLeftAloneAndLocationsStay() {
        Node node = Documents.parse("\"${HOST}\":\n  - a: [x, \"${HOST}\"]\n", problems);
        Node replaced = Variables.replace(node, ENVIRONMENT, problems);
        Node item = replaced.nearest("${HOST}[0].a[1]");
        assertThat(((Mapping) replaced).members()).containsOnlyKeys("${HOST}");
        assertThat(item)
                .isInstanceOfSatisfying(
                        Scalar.class, one -> assertThat(one.text()).isEqualTo("example.com"));
        assertThat(item.location().line()).isEqualTo(2);
    }
}
