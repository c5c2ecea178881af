package io.laneway.router.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0B, 0, 0B",
        "512B, 512, 512B",
        "64KiB, 65536, 64KiB",
        " 10 MiB , 10485760, 10MiB",
        "1GiB, 1073741824, 1GiB",
        "1024KiB, 1048576, 1MiB",
        "1536KiB, 1572864, 1536KiB",
        "1048576GiB, 1125899906842624, 1048576GiB",
    })
    void aSizeIsANumberAndAUnit(String text, long bytes, String written) {
        assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "10MB", "10M", "10mib", "-1B", "1.5MiB", "1048577GiB", "999999999999999MiB", "B"})
    void anythingElseIsRefusedByWhatWasExpected(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text)).hasMessageStartingWith("size: " + text + " (expected: ");
    }

    @Test
    void lessThanNothingIsNoSize() {
        assertThatThrownBy(() -> new ByteSize(-1)).hasMessageContaining("-1");
    }
}
