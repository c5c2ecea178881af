package io.laneway.kafka.consume.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PendingPartitionsTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition LATER = new TopicPartition("t", 1);

    private final PendingPartitions room = new PendingPartitions();

    @Test
    void speaksOfAPartitionAfterThirtySecondsOfItsOwnWait() {
        room.enter(FIRST, seconds(100));
        assertThat(room.overdue(seconds(130))).isEmpty();
        room.enter(LATER, seconds(131));
        assertThat(room.overdue(seconds(131))).containsExactly("t-0");
        assertThat(room.overdue(seconds(132))).as("not again at once").isEmpty();
        assertThat(room.overdue(seconds(162))).containsExactly("t-0", "t-1");
    }

    @Test
    void isSilentAboutPartitionsThatBegan() {
        room.enter(FIRST, seconds(0));
        room.leave(Set.of(FIRST));
        assertThat(room.overdue(seconds(100))).isEmpty();
        assertThat(room.isEmpty()).isTrue();
    }

    @Test
    void takesOnlyLooksThatWereBegunAfterItCameOrWrote() {
        room.enter(FIRST, seconds(10));
        assertThat(room.takes(FIRST, seconds(10))).isFalse();
        assertThat(room.takes(FIRST, seconds(11))).isTrue();
        room.lookAfter(Set.of(FIRST, LATER), seconds(12));
        assertThat(room.takes(FIRST, seconds(11))).isFalse();
        assertThat(room.takes(LATER, seconds(13))).as("was never here").isFalse();
        assertThat(room.overdue(seconds(41))).as("a write is no news").containsExactly("t-0");
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
