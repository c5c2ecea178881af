package io.laneway.replay.redact;

import static java.nio.charset.StandardCharsets.UTF_8;
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

/** A file's records in their order, with WebSockets whose parts lie among others. */
class FileRedactionTest {

    private static final String SECRET = "s3cr3t-Zx81kQ0pLm";
    private final Pseudonyms pseudonyms = new Pseudonyms("a key of sixteen bytes and more".getBytes(UTF_8));
    private final FileRedaction redaction = new FileRedaction(
            Redactor.again(new RedactionRules(List.of(), List.of(), List.of(), List.of(), List.of()), pseudonyms));

    private static RecordedExchange part(String id, int part, boolean last, String text) {
        RecordedFrame frame = new RecordedFrame(
                true, Duration.ZERO, RecordedFrame.TEXT, 1, 0, RecordedBody.whole(text.getBytes(UTF_8)));
        Records record = Records.record().header("upgrade", "websocket");
        record.id = id;
        return record.make().with(new RecordedSocket(part, last, 0, List.of(frame)));
    }

    private String redacted(RecordedExchange part) {
        RecordedSocket socket = Objects.requireNonNull(redaction.redact(part).socket());
        return new String(socket.frames().get(0).payload().bytes(), UTF_8);
    }

    @Test
    void aSecretOfOnePartIsTakenOutOfLaterPartsOfThatWebSocketAlone() {
        String pseudonym = pseudonyms.of(SECRET);
        assertThat(redacted(part("a", 1, false, "{\"token\":\"" + SECRET + "\"}")))
                .contains(pseudonym);
        redaction.redact(Records.record().body("text/plain", "between").make());

        assertThat(redacted(part("b", 1, false, "SUBSCRIBE " + SECRET))).isEqualTo("SUBSCRIBE " + SECRET);
        assertThat(redacted(part("a", 2, false, "SUBSCRIBE " + SECRET))).isEqualTo("SUBSCRIBE " + pseudonym);
        assertThat(redacted(part("a", 3, true, "LEAVE " + SECRET))).isEqualTo("LEAVE " + pseudonym);
        assertThat(redacted(part("a", 1, false, "SUBSCRIBE " + SECRET)))
                .as("another WebSocket of the same id")
                .isEqualTo("SUBSCRIBE " + SECRET);
    }

    @Test
    void ofManyOpenWebSocketsThoseHeardOfLastAreKnown() {
        assertThat(redacted(part("first", 1, false, "{\"token\":\"" + SECRET + "\"}")))
                .doesNotContain(SECRET);
        for (int i = 1; i < FileRedaction.MAX_OPEN; i++) {
            redacted(part("other-" + i, 1, false, "hello"));
        }
        assertThat(redacted(part("first", 2, false, "SUBSCRIBE " + SECRET))).doesNotContain(SECRET);

        redacted(part("one more", 1, false, "hello"));
        assertThat(redacted(part("first", 3, false, "SUBSCRIBE " + SECRET))).doesNotContain(SECRET);
    }
}
