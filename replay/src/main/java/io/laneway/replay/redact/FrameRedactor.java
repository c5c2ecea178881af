package io.laneway.replay.redact;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedFrame;
import io.laneway.replay.form.RecordedSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Redacts what passed over a WebSocket, each message by what it looks like, as bodies are. Confined to one thread.
 */
final class FrameRedactor {

    private static final List<Field> TEXT = List.of(new Field("content-type", "text/plain"));

    /** What libraries put before JSON: {@code 42["login",{...}]}, {@code a["..."]}. */
    private static final int LONGEST_PREFIX = 64;

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
            String place = (frame.client() ? "client" : "server") + ".frame";
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
        RecordedBody payload = frame.payload();
        int prefix = text ? prefix(payload.bytes()) : 0;
        if (prefix == 0) {
            return bodies.redact(payload, text ? TEXT : List.of(), place);
        }
        byte[] bytes = payload.bytes();
        byte[] json = Arrays.copyOfRange(bytes, prefix, bytes.length);
        byte[] redacted = bodies.redact(payload.with(json), TEXT, place).bytes();
        byte[] whole = Arrays.copyOf(bytes, prefix + redacted.length);
        System.arraycopy(redacted, 0, whole, prefix, redacted.length);
        return payload.with(whole);
    }

    /** How many letters, digits and commas come before JSON; 0 if it is none. */
    private static int prefix(byte[] text) {
        for (int i = 0; i < Math.min(text.length, LONGEST_PREFIX); i++) {
            byte c = text[i];
            if (c == '[' || c == '{') {
                return i;
            }
            if (!Character.isLetterOrDigit(c) && c != '/' && c != ',' && c != '-' && c != '_') {
                return 0;
            }
        }
        return 0;
    }
}
