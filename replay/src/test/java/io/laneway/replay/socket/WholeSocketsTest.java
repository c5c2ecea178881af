package io.laneway.replay.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.replay.Records;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedFrame;
import io.laneway.replay.form.RecordedSocket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** WebSockets of their parts, in the order in which they end, or else began. */
class WholeSocketsTest {

    private final WholeSockets sockets = new WholeSockets();

    private static RecordedExchange part(String id, int part, boolean last) {
        RecordedFrame frame = new RecordedFrame(true, Duration.ofMillis(part), 1, 1, 0, RecordedBody.NONE);
        Records record = Records.record();
        record.id = id;
        return record.make().with(new RecordedSocket(part, last, 1, List.of(frame)));
    }

    @Test
    void partsAreOneSocketOnceTheLastIsThere() {
        assertThat(sockets.add(part("a", 1, false))).isNull();
        RecordedExchange whole = Objects.requireNonNull(sockets.add(part("a", 2, true)));
        RecordedSocket socket = Objects.requireNonNull(whole.socket());
        assertThat(socket.part()).isEqualTo(1);
        assertThat(socket.last()).isTrue();
        assertThat(socket.missed()).isEqualTo(2);
        assertThat(socket.frames()).hasSize(2);
        assertThat(sockets.rest()).isEmpty();
    }

    @Test
    void thoseWithoutAnEndAreInTheOrderOfTheirBeginnings() {
        sockets.add(part("a", 1, false));
        sockets.add(part("b", 1, false));
        sockets.add(part("a", 2, false));
        assertThat(sockets.rest()).extracting(RecordedExchange::id).containsExactly("a", "b");
        assertThat(sockets.rest()).isEmpty();
    }
}
