package io.laneway.replay.form;

import java.time.Duration;

/**
 * A message or a control frame of a WebSocket (RFC 6455, 5), unmasked and, where it was compressed, inflated. Immutable.
 *
 * @param client whether the client sent it, else the server did
 * @param after since the time of the request, when its first bytes passed
 * @param opcode 1 text, 2 binary, 8 close, 9 ping, 10 pong
 * @param fragments frames that the message was sent in; 1 for most
 * @param code of a close frame (RFC 6455, 7.4); 0 for none
 * @param payload of a close frame its reason
 */
public record RecordedFrame(boolean client, Duration after, int opcode, int fragments, int code, RecordedBody payload) {

    /** Text, in UTF-8. */
    public static final int TEXT = 1;

    /** Bytes. */
    public static final int BINARY = 2;

    /** The end, with a code and a reason. */
    public static final int CLOSE = 8;

    /** Where it is among the places of a record, as those that are redacted are named. */
    public String place() {
        return (client ? "client" : "server") + ".frame";
    }

    /** The same with another payload. */
    public RecordedFrame with(RecordedBody other) {
        return new RecordedFrame(client, after, opcode, fragments, code, other);
    }
}
