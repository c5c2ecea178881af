package io.laneway.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GatheringTest {

    @Test
    void noMoreIsTakenThanThereIsRoomFor() {
        Gathering gathering = new Gathering(10);

        assertThat(gathering.take(6)).isTrue();
        assertThat(gathering.take(5)).isFalse();
        assertThat(gathering.take(4)).isTrue();
        gathering.giveBack(6);
        assertThat(gathering.held()).isEqualTo(4);
        assertThat(gathering.take(6)).isTrue();
    }
}
