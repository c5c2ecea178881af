package io.laneway.replay.redact;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedFrame;
import io.laneway.replay.form.RecordedSocket;
import java.util.ArrayList;
import java.util.List;

/** Redacts what passed over a WebSocket, each message by what it looks like, as bodies are. Confined to one thread. */
final class FrameRedactor {

    private static final List<Field> TEXT = List.of(new Field("content-type", "text/plain"));

    private final BodyRedactor bodies;
    private final Replacements replacements;

    FrameRedactor(BodyRedactor bodies, Replacements replacements) {
        this.bodies = bodies;
        this.replacements = replacements;
    }

    /** @param protocol that the server chose for the WebSocket, or those that the client offered; empty for none */
    RecordedSocket redact(RecordedSocket socket, String protocol) {
        List<RecordedFrame> redacted = new ArrayList<>(socket.frames().size());
        for (RecordedFrame frame : socket.frames()) {
            String place = frame.place();
            String login = replacements.logins().of(frame, protocol);
            if (login == null) {
                redacted.add(frame.with(payload(frame, place)));
            } else {
                redacted.add(frame.with(login(frame.payload(), login, place)));
            }
        }
        return socket.with(redacted);
    }

    private RecordedBody login(RecordedBody payload, String protocol, String place) {
        if (payload.bytes().length == 0) {
            return payload;
        }
        replacements.note(place);
        return payload.without("a login of " + protocol);
    }

    private RecordedBody payload(RecordedFrame frame, String place) {
        boolean text = frame.opcode() == RecordedFrame.TEXT || frame.opcode() == RecordedFrame.CLOSE;
        return bodies.redact(frame.payload(), text ? TEXT : List.of(), place);
    }
}
