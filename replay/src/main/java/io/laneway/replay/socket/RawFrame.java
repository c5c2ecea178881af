package io.laneway.replay.socket;

import java.time.Duration;

/**
 * A frame of a WebSocket as it was on the wire (RFC 6455, 5.2). Immutable; the array is not written to.
 *
 * @param client whether the client sent it
 * @param after since the time of the request
 * @param first its first byte: fin, three reserved bits, opcode
 * @param mask the four bytes that its payload is masked with; 0 for none
 * @param length of its payload
 * @param payload as much of it as was kept, masked
 * @param missed frames of its direction that came before it and were not kept
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record RawFrame(boolean client, Duration after, int first, int mask, long length, byte[] payload, long missed) {

    private static final int FIN = 0x80;
    private static final int RESERVED1 = 0x40;
    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0f;
    private static final int CONTROL = 8;

    boolean fin() {
        return (first & FIN) != 0;
    }

    int opcode() {
        return first & OPCODE;
    }

    boolean control() {
        return opcode() >= CONTROL;
    }

    boolean reserved() {
        return (first & RESERVED) != 0;
    }

    /** Whether the first of the reserved bits is set alone, which says that a message is compressed (RFC 7692, 6). */
    boolean compressed() {
        return (first & RESERVED) == RESERVED1;
    }

    boolean whole() {
        return payload.length == length;
    }

    /** What was kept of its payload, unmasked. */
    byte[] plain() {
        if (mask == 0) {
            return payload;
        }
        byte[] plain = new byte[payload.length];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) (payload[i] ^ (mask >>> (24 - 8 * (i & 3))));
        }
        return plain;
    }
}
