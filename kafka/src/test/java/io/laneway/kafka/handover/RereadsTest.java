package io.laneway.kafka.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The lane had [3, 5) and left; the base's own stream is at 10, so it reads [5, 10) again. */
class RereadsTest {

    private static final long OWN = 10;

    private final BasePartition partition =
            new BasePartition(SimulatedBroker.PARTITION, BaseMark.decode("laneway1 f-1=3-!"), false, 1_000, 4096);
    private final Rereads rereads = partition.rereads();

    RereadsTest() {
        partition.look(GroupLook.EMPTY, OWN, 0);
        partition.answered("f-1", false, new LaneOffset(5, LaneMark.begun(3, 1, "")), OWN);
    }

    @Test
    void aSeekToARecordReadAgainHandsOutThatAndTheFollowingAndLeavesTheOwnStream() {
        assertThat(handOut(5, 6, 7)).containsExactly(5L, 6L, 7L);
        assertThat(rereads.acknowledge(6, OWN)).isFalse();
        assertThat(seek(6, OWN)).isEqualTo(OWN);
        assertThat(handOut(5, 6, 7)).containsExactly(6L, 7L);
        assertThat(rereads.committed(OWN)).isEqualTo(5);
    }

    @Test
    void aSeekToWhatIsCommittedHandsOutAgainAllThatIsNotAcknowledgedOfBoth() {
        handOut(5, 6, 7);
        assertThat(rereads.committed(8)).isEqualTo(5);
        assertThat(rereads.seek(5, 8, OWN, false)).isEqualTo(8);
        assertThat(handOut(5, 6, 7)).containsExactly(5L, 6L, 7L);
    }

    @Test
    void aSeekToTheOwnStreamsOffsetAsRememberedHandsOutWhatIsReadAgainOnceMore() {
        handOut(5, 6, 7);
        rereads.reached(10);
        assertThat(seek(OWN, OWN)).isEqualTo(OWN);
        assertThat(handOut(5, 6, 7)).containsExactly(5L, 6L, 7L);
    }

    @Test
    void aSeekBehindTheLastRecordHandsOutNothingOnceMore() {
        handOut(5, 9);
        assertThat(seek(10, OWN)).isEqualTo(OWN);
        assertThat(handOut(5, 9)).isEmpty();
    }

    @Test
    void aSeekToARecordOfTheOwnStreamDoesNotPassOverWhatIsReadAgain() {
        handOut(5);
        assertThat(rereads.seek(8, 8, OWN, true)).isEqualTo(8);
        assertThat(handOut(6, 7)).containsExactly(6L, 7L);
    }

    @Test
    void aSeekForwardPassesOverRecordsWhichCountOnlyOnceALaterOneIsAcknowledged() {
        handOut(5);
        assertThat(seek(7, OWN)).isEqualTo(OWN);
        assertThat(handOut(6, 7)).containsExactly(7L);
        rereads.acknowledge(6, OWN);
        assertThat(done()).isEqualTo(6);
        rereads.acknowledge(8, OWN);
        assertThat(done()).isEqualTo(8);
    }

    @Test
    void aRecordThatCannotBeReadIsPassedOverAlsoWhereItIsTheLast() {
        rereads.reached(9);
        rereads.unreadable(9);
        assertThat(rereads.from()).isEqualTo(9);
        assertThat(seek(10, OWN)).isEqualTo(OWN);
        assertThat(rereads.from()).isEqualTo(-1);
        assertThat(done()).isEqualTo(9);
    }

    @Test
    void theBeginningIsThatOfWhatIsReadAgainTooAndTheEndPassesOverItOnceThatIsAcknowledged() {
        handOut(5, 6);
        rereads.seekToBeginning();
        assertThat(handOut(5, 6)).containsExactly(5L, 6L);
        rereads.seekToEnd();
        assertThat(rereads.from()).isEqualTo(-1);
        assertThat(partition.progress()).isEmpty();
        assertThat(rereads.acknowledge(OWN, OWN)).isTrue();
        assertThat(partition.progress()).singleElement().matches(BasePartition.Progress::last);
    }

    @Test
    void thePositionIsThatAmongWhatIsReadAgainUntilAllOfItIsAcknowledged() {
        assertThat(rereads.position(OWN)).isEqualTo(5);
        handOut(5, 7);
        assertThat(rereads.position(OWN)).isEqualTo(8);
        rereads.reached(10);
        assertThat(rereads.position(OWN)).isEqualTo(8);
        assertThat(rereads.acknowledge(rereads.position(OWN), OWN)).isFalse();
        assertThat(rereads.position(OWN)).isEqualTo(OWN);
    }

    @Test
    void aLateAcknowledgementAfterASeekBackDoesNotMoveTheOwnStream() {
        handOut(5, 6, 7);
        seek(6, OWN);
        assertThat(rereads.acknowledge(8, OWN)).isFalse();
        assertThat(handOut(6, 7)).containsExactly(6L, 7L);
    }

    @Test
    void aLaneThatIsBackGetsNothingThatTheBaseHandledBeforeASeekBack() {
        handOut(5, 6, 7);
        rereads.reached(10);
        partition.came(15);
        seek(6, 15);
        partition.look(alive(), 12, 1);
        partition.settle(2_000_000);
        assertThat(partition.handles("f-1", 12)).isTrue();
        assertThat(handOut(6, 7)).containsExactly(6L, 7L);
    }

    @Test
    void aLaneBeginsBehindWhatTheBaseHandledBeforeASeekBack() {
        BasePartition other = new BasePartition(SimulatedBroker.PARTITION, BaseMark.EMPTY, false, 1_000, 4096);
        other.came(20);
        other.look(alive(), 3, 0);
        assertThat(other.mark("").encode()).isEqualTo("laneway1 f-1=20-");
    }

    @Test
    void aSeekToWhatIsCommittedDoesNotHandOutAgainWhatIsCommittedBeyondThat() {
        handOut(5, 6, 7);
        rereads.acknowledge(7, 6);
        partition.progress().forEach(partition::accepted);
        assertThat(rereads.committed(6)).isEqualTo(6);
        rereads.seek(6, 6, OWN, false);
        assertThat(handOut(5, 6, 7)).containsExactly(7L);
    }

    @Test
    void whatIsCommittedForALaneThatIsBackIsInTheMarkAndNotReadAgainByTheNextOwner() {
        handOut(5, 6, 7);
        partition.look(alive(), OWN, 1);
        for (long below : new long[] {6, 7}) {
            rereads.acknowledge(below, OWN);
            assertThat(partition.progress()).isEmpty();
            partition.note();
            assertThat(rereads.committed(OWN)).isEqualTo(below - 1);
            partition.durable(partition.changes(), OWN - 1);
            assertThat(rereads.committed(OWN)).isEqualTo(below);
        }
        assertThat(partition.mark("").encode()).isEqualTo("laneway1 f-1=7-10");

        assertThat(nextOwner().rereads().from()).isEqualTo(7);
    }

    @Test
    void whatALanesGroupRefusesIsInTheMark() {
        handOut(5, 6);
        rereads.acknowledge(6, OWN);
        partition.progress().forEach(progress -> partition.refused(progress, 1));
        assertThat(partition.changed()).isTrue();
        assertThat(nextOwner().rereads().from()).isEqualTo(6);
    }

    private BasePartition nextOwner() {
        BaseMark mark = BaseMark.decode(partition.mark("").encode());
        BasePartition next = new BasePartition(SimulatedBroker.PARTITION, mark, false, 1_000, 4096);
        next.look(alive(), OWN, 2);
        next.answered("f-1", true, new LaneOffset(5, LaneMark.begun(3, 1, "")), OWN);
        return next;
    }

    private static GroupLook alive() {
        return new GroupLook(Map.of("f-1", new GroupLook.LaneLook(Set.of("t"), Map.of())));
    }

    private long seek(long target, long own) {
        return rereads.seek(target, own, own, false);
    }

    private List<Long> handOut(long... offsets) {
        return LongStream.of(offsets)
                .filter(offset -> rereads.handsOut("f-1", offset))
                .boxed()
                .toList();
    }

    private long done() {
        return partition.progress().get(0).offset();
    }
}
