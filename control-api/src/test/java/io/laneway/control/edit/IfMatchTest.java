package io.laneway.control.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.control.table.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 section 13.1: which tags a condition holds for. */
class IfMatchTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            quoteCharacter = '~',
            value = {
                "*             | \"12\" | true",
                "*             | none   | false",
                "\"12\"        | \"12\" | true",
                "\"12\"        | \"13\" | false",
                "\"12\"        | none   | false",
                "\"11\", \"12\"| \"12\" | true",
                "\"11\",\"12\" | \"12\" | true",
                "W/\"12\"      | \"12\" | false",
                "\"\"          | \"12\" | false"
            })
    void aChangeWantsTheTagItself(String header, String tag, boolean holds) {
        assertThat(IfMatch.parse(header).holds(tag)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "*                 | \"12\" | true",
                "W/\"12\"          | \"12\" | true",
                "\"11\", W/\"12\"  | \"12\" | true",
                "W/\"11\"          | \"12\" | false",
                "12                | \"12\" | false"
            })
    void aReadTakesWeakTagsToo(String header, String tag, boolean holds) {
        assertThat(IfMatch.weak(header).holds(tag)).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "", "\"12", "12\"", "\"12\",", "w/\"12\"", "\"1\"2\"", "*, \"12\""})
    void whatIsNoTagIsMalformed(String header) {
        assertThatThrownBy(() -> IfMatch.parse(header))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.MALFORMED));
    }
}
