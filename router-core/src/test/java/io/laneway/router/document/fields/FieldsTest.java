package io.laneway.router.document.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.document.Documents;
import io.laneway.router.document.Format;
import io.laneway.router.document.form.Words;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.unit.Share;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldsTest {

    private enum Colour {
        RED,
        BLUE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Problems problems = Problems.strict();

    private static Node parsed(String yaml, Problems problems) {
        return Documents.parse(yaml.getBytes(StandardCharsets.UTF_8), "", Format.YAML, problems);
    }

    private Object read(String yaml, Function<Fields, ?> reader) {
        Node node = parsed(yaml, problems);
        Fields fields = Fields.of(node, problems);
        Object value = reader.apply(fields);
        return fields.build(() -> value);
    }

    private void refused(String yaml, Function<Fields, ?> reader, String... expected) {
        read(yaml, reader);
        assertThat(problems.list()).extracting(Object::toString).containsExactly(expected);
    }

    @Test
    void valuesComeAsTheirTypes() {
        assertThat(read("k: text", f -> f.text("k"))).isEqualTo("text");
        assertThat(read("k: ''", f -> f.text("k", "else"))).isEqualTo("");
        assertThat(read("k: 7", f -> f.integer("k", 0, 9))).isEqualTo(7);
        assertThat(read("k: 0x10", f -> f.integer("k", 0, 99))).isEqualTo(16);
        assertThat(read("k: 9000000000", f -> f.number("k", 0, Long.MAX_VALUE, 1)))
                .isEqualTo(9_000_000_000L);
        assertThat(read("k: true", f -> f.bool("k", false))).isEqualTo(true);
        assertThat(read("k: 5s", f -> f.duration("k", Duration.ZERO))).isEqualTo(Duration.ofSeconds(5));
        assertThat(read("k: 12.5%", f -> f.share("k"))).isEqualTo(new Share(1_250));
        assertThat(read("k: 20%", f -> f.percent("k", 1))).isEqualTo(20);
        assertThat(read("k: 2026-12-01T01:00:00+01:00", f -> f.optionalInstant("k")))
                .isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
        assertThat(read("k: blue", f -> f.word("k", Colour.values(), Colour::word)))
                .isEqualTo(Colour.BLUE);
        assertThat(read(
                        "k: [blue, red, blue]",
                        f -> f.optional(
                                "k", Words.some(Colour.values(), Colour::word).reader())))
                .isEqualTo(Set.of(Colour.BLUE, Colour.RED));
        assertThat(read("k: [a, b]", f -> f.texts("k"))).isEqualTo(List.of("a", "b"));
        assertThat(read("k: {a: 1, b: true, c: x}", f -> f.textMap("k")))
                .isEqualTo(Map.of("a", "1", "b", "true", "c", "x"));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void anAbsentKeyAndOneThatIsNullHaveTheDefault() {
        for (String yaml : List.of("{}", "k: null", "k: ~")) {
            assertThat(read(yaml, f -> f.text("k", "else"))).isEqualTo("else");
            assertThat(read(yaml, f -> f.integer("k", 0, 9, 3))).isEqualTo(3);
            assertThat(read(yaml, f -> f.bool("k", true))).isEqualTo(true);
            assertThat(read(yaml, f -> f.share("k", Share.NONE))).isEqualTo(Share.NONE);
            assertThat(read(yaml, f -> f.word("k", Colour.values(), Colour::word, Colour.RED)))
                    .isEqualTo(Colour.RED);
            assertThat(read(yaml, f -> f.texts("k", List.of("d")))).isEqualTo(List.of("d"));
            assertThat(read(yaml, f -> List.of(f.has("k")))).isEqualTo(List.of(false));
        }
        assertThat(problems.list()).isEmpty();
    }

    /** A text may come of a variable, and a list may have had its items commented out. */
    @Test
    void aKeyWithoutAnyValueHasTheDefaultForTextsAndListsAlone() {
        assertThat(read("k:", f -> f.text("k", "else"))).isEqualTo("else");
        assertThat(read("k:", f -> f.texts("k", List.of("d")))).isEqualTo(List.of("d"));
        assertThat(problems.list()).isEmpty();

        assertThat(read("k:", f -> f.bool("k", true))).isEqualTo(true);
        assertThat(problems.list()).singleElement().asString().contains("k: no value (expected: true or false)");
    }

    @Test
    void aRequiredKeyThatIsAbsentIsMissing() {
        refused("{}", f -> f.text("k"), "k: missing (expected: a text)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "k: 7       | k: the number 7 (expected: a text, in quotes)",
                "k: true    | k: the boolean true (expected: a text, in quotes)",
                "k: [a]     | k: a list (expected: a text)",
                "k: {a: b}  | k: a mapping (expected: a text)",
                "k: ' '     | k: ' ' (expected: a text that is not empty)"
            })
    void aTextIsAText(String yaml, String expected) {
        refused(yaml, f -> f.text("k"), expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "k: -1      | k: the number -1 (expected: a whole number from 0 to 9)",
                "k: 10      | k: the number 10 (expected: a whole number from 0 to 9)",
                "k: 1.5     | k: the number 1.5 (expected: a whole number from 0 to 9)",
                "k: '1'     | k: '1' (expected: a whole number from 0 to 9)",
                "k: 99999999999999999999999 | k: the number 99999999999999999999999 (expected: a whole number from 0"
                        + " to 9)"
            })
    void aNumberIsWholeAndInItsRange(String yaml, String expected) {
        refused(yaml, f -> f.integer("k", 0, 9, 1), expected);
    }

    @Test
    void otherTypesSayWhatTheyExpect() {
        refused("k: yes", f -> f.bool("k", false), "k: 'yes' (expected: true or false)");
    }

    @Test
    void aWordSaysWhichThereAre() {
        refused(
                "k: green",
                f -> f.word("k", Colour.values(), Colour::word, Colour.RED),
                "k: 'green' (expected: one of red, blue)");
    }

    @Test
    void aShareAndADurationSayTheirForm() {
        refused(
                "{a: 20, b: fast, c: 1.5%, d: tomorrow}",
                f -> List.of(
                        f.share("a", Share.NONE),
                        f.duration("b", Duration.ZERO),
                        f.percent("c", 0),
                        String.valueOf(f.optionalInstant("d"))),
                "a: the number 20 (expected: a percentage such as 20% or 12.5%)",
                "b: fast (expected: a number and ms, s, m, h or d, such as 500ms or 15m)",
                "c: '1.5%' (expected: a whole percentage from 0% to 100%)",
                "d: 'tomorrow' (expected: a time such as 2026-12-01T00:00:00Z)");
    }

    @Test
    void everyWrongItemOfAListHasItsPath() {
        refused(
                "k: [a, 1, b, [c]]",
                f -> f.texts("k"),
                "k[1]: the number 1 (expected: a text, in quotes)",
                "k[3]: a list (expected: a text)");
    }

    @Test
    void anUnknownKeyIsNamedWithTheOneThatIsMeant() {
        refused("{nmae: a, name: b}", f -> f.text("name"), "nmae: unknown key (expected: one of name)");
    }

    @Test
    void lenientlyAnUnknownKeyIsAWarning() {
        Problems lenient = Problems.lenient();
        Fields fields = Fields.of(parsed("{name: a, later: 1}", lenient), lenient);
        String name = fields.text("name");
        assertThat(fields.build(() -> name)).isEqualTo("a");
        assertThat(lenient.list()).isEmpty();
        assertThat(lenient.warnings()).hasSize(1).first().hasToString("later: unknown key (expected: one of name)");
    }

    @Test
    void whatARecordRefusesIsAProblemAtItsKey() {
        Fields fields = Fields.of(parsed("{weight: 3}", problems), problems);
        fields.integer("weight", 0, 9);
        Object built = fields.build(() -> {
            throw new IllegalArgumentException("weight: 3 (expected: an even number)");
        });
        assertThat(built).isNull();
        assertThat(problems.list())
                .extracting(Object::toString)
                .containsExactly("weight: 3 (expected: an even number)");
    }

    @Test
    void oneOfSomeKeysIsThere() {
        assertThat(read("{b: 1}", f -> f.oneOf("a", "b"))).isEqualTo("b");
        refused("{a: 1, b: 1}", f -> String.valueOf(f.oneOf("a", "b")), "a and b (expected: one of a, b)");
    }

    @Test
    void whatIsNoMappingIsOneProblem() {
        refused("[a]", f -> f.text("name") + f.integer("size", 0, 1), "a list (expected: a mapping)");
    }

    @Test
    void offSwitchesAPartOff() {
        assertThat(read("k: off", f -> List.of(f.isOff("k"), f.optionalDuration("k") == null)))
                .isEqualTo(List.of(true, true));
        assertThat(read("k: 5s", f -> List.of(f.isOff("k"), f.optionalDuration("k") == null)))
                .isEqualTo(List.of(false, false));
        assertThat(problems.list()).isEmpty();
    }
}
