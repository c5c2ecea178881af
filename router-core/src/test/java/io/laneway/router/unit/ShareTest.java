package io.laneway.router.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShareTest {

    @ParameterizedTest
    @CsvSource({
        "0%,0",
        "20%,2000",
        "12.5%,1250",
        "0.01%,1",
        "0.1%,10",
        "99.99%,9999",
        "100%,10000",
        "' 7 %',700",
        "007%,700"
    })
    void aPercentageIsExactInSlots(String text, int slots) {
        assertThat(Share.parse(text)).isEqualTo(new Share(slots));
    }

    @Test
    void everyShareIsReadBackAsItIsWritten() {
        for (int slots = 0; slots <= Share.SLOTS; slots++) {
            Share share = new Share(slots);
            assertThat(Share.parse(share.toString())).isEqualTo(share);
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0%", "1,0.01%", "10,0.1%", "105,1.05%", "110,1.1%", "2000,20%", "10000,100%"})
    void isWrittenInItsShortestForm(int slots, String text) {
        assertThat(new Share(slots)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20", "%", "-1%", "+1%", "1e1%", "20%%", "12.345%", ".5%", "5.%", "1 2%", "1,5%"})
    void anotherFormIsRefusedWithAnExample(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Share.parse(text))
                .withMessage("share: " + text + " (expected: a percentage such as 20% or 12.5%)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100.01%", "101%", "999%"})
    void moreThanAllIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Share.parse(text))
                .withMessage("share: " + text + " (expected: 0% to 100%)");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 10_001})
    void slotsOutOfRangeAreRefused(int slots) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Share(slots)).withMessageContaining("0 to 10000");
    }
}
