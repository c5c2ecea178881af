package io.laneway.gateway.protocol.websocket;

/**
 * Reads the head of a frame of a WebSocket, byte by byte (RFC 6455, 5.2), and counts the payload behind it. Used again for
 * frame after frame. Confined to one event loop.
 */
public final class FrameHead {

    /** The opcode of a close frame. */
    public static final int CLOSE = 8;

    /** What a head's second byte has where a mask follows. */
    public static final int MASKED = 0x80;

    private static final int OPCODE = 0xf;
    private static final int LENGTH = 0x7f;
    private static final int SHORT = 126;
    private static final int LONG = 127;

    private int seen;
    private int size;
    private int extended;
    private int first;
    private int mask;
    private long length;
    private long left;

    /** No byte of a head was read. */
    public FrameHead() {}

    /** Begins with the next head. */
    public void clear() {
        seen = 0;
        left = 0;
    }

    /** Whether the last byte that passed was the last of its frame. */
    public boolean between() {
        return seen == 0 && left == 0;
    }

    /** Whether the next byte is one of the payload. */
    public boolean inPayload() {
        return left != 0;
    }

    /** How many of the next bytes are payload. */
    public long left() {
        return left < 0 ? Long.MAX_VALUE : left;
    }

    /** Takes note of the payload's share in the next so many bytes; returns how many these are. */
    public int pass(int bytes) {
        if (left < 0) {
            return bytes;
        }
        int passed = (int) Math.min(left, bytes);
        left -= passed;
        return passed;
    }

    /** Takes the next byte; returns whether the head is whole, and the next byte would be another one's. */
    public boolean add(byte b) {
        if (seen == 0) {
            first = b & 0xff;
            size = 2;
            extended = 0;
            mask = 0;
        } else if (seen == 1) {
            int announced = b & LENGTH;
            extended = announced == SHORT ? 2 : announced == LONG ? 8 : 0;
            size = 2 + extended + ((b & MASKED) == 0 ? 0 : 4);
            length = extended == 0 ? announced : 0;
        } else if (seen < 2 + extended) {
            length = (length << 8) | (b & 0xff);
        } else {
            mask = (mask << 8) | (b & 0xff);
        }
        seen++;
        if (seen < size) {
            return false;
        }
        seen = 0;
        left = length;
        return true;
    }

    /** Its first byte: fin, reserved bits, opcode. */
    public int first() {
        return first;
    }

    /** Whether it is that of a close frame. */
    public boolean close() {
        return (first & OPCODE) == CLOSE;
    }

    /** The four bytes of its mask, 0 for none. */
    public int mask() {
        return mask;
    }

    /** Bytes of its payload; one that is negative is against the rules and never ends. */
    public long length() {
        return length;
    }
}
