package io.laneway.gateway.telemetry.recording;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.Fields;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.redact.RedactionSession;
import io.laneway.replay.redact.Redactor;
import io.laneway.replay.socket.SocketMessages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all parts of one WebSocket have, and what one has to know of those before it. Made on an event loop; messages and
 * redaction are for the recorder's thread alone.
 */
final class SocketMemory {

    private final RunningRecording running;
    private final HeldHeads heads;
    private final int most;
    private @Nullable SocketMessages messages;
    private @Nullable RedactionSession session;

    SocketMemory(RunningRecording running, HeldHeads heads, int most) {
        this.running = running;
        this.heads = heads;
        this.most = most;
    }

    RunningRecording running() {
        return running;
    }

    HeldHeads heads() {
        return heads;
    }

    /** Recorder's thread. */
    SocketMessages messages() {
        SocketMessages known = messages;
        if (known == null) {
            List<Field> response = HeldHeads.fields(heads.response);
            known = new SocketMessages(Fields.all(response, "sec-websocket-extensions"), most, running.room());
            messages = known;
        }
        return known;
    }

    /** Recorder's thread. */
    RecordedExchange redacted(RecordedExchange part, Redactor redactor) {
        RedactionSession known = session;
        if (known == null) {
            known = new RedactionSession(redactor);
            session = known;
        }
        return known.redact(part);
    }
}
