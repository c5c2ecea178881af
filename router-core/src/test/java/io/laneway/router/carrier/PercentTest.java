package io.laneway.router.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.text.Slice;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentTest {

    private final Percent percent = new Percent();

    private String decoded(String text, boolean form) {
        Slice value = Slice.of(text);
        percent.decode(value, form);
        return value.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "feature%2Fx, feature/x",
        "feature%2fx, feature/x",
        "%41%42, AB",
        "a%20b, a b",
        "%e4%b8%ad, 中",
        "plain, plain"
    })
    void escapesAreDecoded(String text, String value) {
        assertThat(decoded(text, false)).isEqualTo(value);
        assertThat(decoded(text, true)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"%, %", "%4, %4", "a%, a%", "%zz, %zz", "%4g, %4g", "%%41, %A", "%2, %2"})
    void aBrokenEscapeStandsForItself(String text, String value) {
        assertThat(decoded(text, false)).isEqualTo(value);
    }

    @Test
    void aPlusIsASpaceInFormsAlone() {
        assertThat(decoded("a+b%2Bc", true)).isEqualTo("a b+c");
        assertThat(decoded("a+b%2Bc", false)).isEqualTo("a+b+c");
    }

    @Test
    void textWithoutEscapesStaysWhereItIs() {
        Slice value = Slice.of("abc");
        byte[] array = value.array();
        percent.decode(value, true);
        assertThat(value.array()).isSameAs(array);
    }

    @Test
    void whatURLEncoderWritesIsReadBack() {
        Random random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            String text = random.ints(random.nextInt(300), 1, 0x2FFF)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(decoded(URLEncoder.encode(text, StandardCharsets.UTF_8), true))
                    .isEqualTo(text);
        }
    }
}
