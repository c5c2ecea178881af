package io.laneway.gateway.upstream.balance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlowStartTest {

    @Test
    void growsFromATenthToTheWhole() {
        long window = SlowStart.WINDOW.toNanos();

        assertThat(SlowStart.share(0)).isEqualTo(0.1);
        assertThat(SlowStart.share(window / 2)).isEqualTo(0.5);
        assertThat(SlowStart.share(window)).isEqualTo(1);
        assertThat(SlowStart.share(window * 9)).isEqualTo(1);
    }
}
