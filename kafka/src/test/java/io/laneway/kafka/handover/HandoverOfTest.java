package io.laneway.kafka.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.source.MessageLanes.Handover;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandoverOfTest {

    /** What the base's offset and the lane's say, {@code -} for no offset; whether the lane has members. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "laneway1                | -               | true  | WAITING",
                "laneway1                | -               | false | BASE",
                "-                       | -               | true  | WAITING",
                "-                       | laneway1 w=3/1  | true  | LANE",
                "laneway1 f-1=3-         | -               | true  | WAITING",
                "laneway1 f-1=3-         | laneway1 w=3/1  | true  | LANE",
                "laneway1 f-1=3-         | laneway1 w=3/1  | false | LANE",
                "laneway1 f-1=3-!        | laneway1 w=3/1  | false | CLAIMED",
                "laneway1 f-1=3-9        | laneway1 w=3/1  | false | REREADING",
                "laneway1 f-1=3-5,5-9    | laneway1 w=3/1  | false | REREADING",
                "laneway1 f-1=3-9.       | laneway1 r=3/1  | false | BASE",
                "laneway1 f-1=3-9.       | laneway1 r=3/1  | true  | WAITING",
                "laneway1                | laneway1 r=3/1  | false | BASE",
                "laneway1 f-2=3-         | laneway1 w=3/1  | true  | BOTH",
                "the application's own   | laneway1 w=3/1  | true  | BOTH",
                "laneway1 f-1=3-9,12-    | laneway1 w=12/1 | true  | LANE",
            })
    void isReadOutOfBothMarks(String base, String lane, boolean members, Handover expected) {
        boolean based = !base.equals("-");
        Handover handover = HandoverOf.partition(
                based,
                BaseMark.decode(based ? base : null),
                LaneMark.decode(lane.equals("-") ? null : lane),
                "f-1",
                members);
        assertThat(handover).isEqualTo(expected);
    }
}
