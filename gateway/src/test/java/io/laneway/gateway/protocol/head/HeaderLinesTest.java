package io.laneway.gateway.protocol.head;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeaderLinesTest {

    private static final int KEEP = 8192;

    @Test
    void theArrayOfAHeadThatCameStepByStepIsKeptForTheNext() {
        HeaderLines lines = new HeaderLines();
        for (int filled = 0; filled < KEEP; filled += 700) {
            lines.reserve(Math.min(filled + 701, KEEP));
        }
        byte[] grown = lines.array();

        lines.clear(KEEP);

        assertThat(lines.array()).isSameAs(grown).hasSize(KEEP);
    }

    @Test
    void oneThatGrewLongerIsGivenUp() {
        HeaderLines lines = new HeaderLines();
        lines.reserve(KEEP + 1);

        lines.clear(KEEP);

        assertThat(lines.array()).hasSizeLessThan(KEEP);
    }
}
