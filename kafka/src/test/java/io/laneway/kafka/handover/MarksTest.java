package io.laneway.kafka.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarksTest {

    @Test
    void aMarkIsWrittenAndReadBackWithTheApplicationsMetadata() {
        Share share = new Share(List.of(new Range(30, 100), Range.from(250)), Share.State.PLAIN);
        BaseMark mark =
                new BaseMark(true, Map.of("f-1", share, "f-2", Share.from(7).claim(true)), "mine\nand more");
        assertThat(mark.encode()).isEqualTo("laneway1 f-1=30-100,250-;f-2=7-!\nmine\nand more");
        assertThat(BaseMark.decode(mark.encode())).isEqualTo(mark);
        assertThat(BaseMark.userPart(mark.encode())).isEqualTo("mine\nand more");
    }

    @Test
    void metadataWithoutAMarkIsTheApplications() {
        assertThat(BaseMark.decode("mine")).isEqualTo(new BaseMark(false, Map.of(), "mine"));
        assertThat(BaseMark.decode("laneway12")).isEqualTo(new BaseMark(false, Map.of(), "laneway12"));
        assertThat(BaseMark.decode(null).present()).isFalse();
    }

    @Test
    void aMarkThatCannotBeReadIsNoneButTheApplicationsMetadataStays() {
        assertThat(BaseMark.decode("laneway1 f-1=x\nmine")).isEqualTo(new BaseMark(false, Map.of(), "mine"));
        assertThat(LaneMark.decode("laneway1 w=x/1\nmine")).isEqualTo(new LaneMark(LaneMark.NONE, 0, false, "mine"));
    }

    @Test
    void aMarkWithoutSharesIsStillAMark() {
        assertThat(BaseMark.decode(BaseMark.EMPTY.encode())).isEqualTo(BaseMark.EMPTY);
    }

    @Test
    void aLanesMarkTellsUnderWhichHandOverItWasCommitted() {
        LaneMark begun = LaneMark.begun(30, 12, "mine");
        assertThat(begun.encode()).isEqualTo("laneway1 w=30/12\nmine");
        assertThat(LaneMark.decode(begun.encode())).isEqualTo(begun);
        LaneMark released = new LaneMark(30, 0, true, "");
        assertThat(LaneMark.decode(released.encode())).isEqualTo(released);
        assertThat(released.begun()).isFalse();
        assertThat(new LaneOffset(5, released).under(30)).isTrue();
        assertThat(LaneMark.decode("mine").start()).isEqualTo(LaneMark.NONE);
    }

    @Test
    void aRangeThatEndsBeforeItStartsIsRefused() {
        assertThatThrownBy(() -> new Range(5, 4)).hasMessage("range: 5-4 (expected: 0 <= start <= end)");
        assertThatThrownBy(() -> Range.parse("5")).hasMessageContaining("expected: start-end or start-");
    }

    @Test
    void anAcknowledgedOffsetMovesOnOverSkippedRecords() {
        Deliveries deliveries = new Deliveries(10, 10);
        deliveries.delivered(10);
        deliveries.skipped(11);
        deliveries.skipped(12);
        deliveries.delivered(13);
        deliveries.skipped(14);
        assertThat(deliveries.commitFor(11)).isEqualTo(13);
        assertThat(deliveries.commitFor(14)).isEqualTo(15);
        deliveries.committing(13);
        assertThat(deliveries.skippedBeyondCommit()).isFalse();
        deliveries.committing(15);
        deliveries.skipped(15);
        assertThat(deliveries.skippedBeyondCommit()).isTrue();
    }
}
