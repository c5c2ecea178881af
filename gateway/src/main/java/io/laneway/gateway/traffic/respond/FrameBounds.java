package io.laneway.gateway.traffic.respond;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Follows the frames of a WebSocket in one direction (RFC 6455 section 5.2), reading no more than their heads, so that a
 * close frame of ours can be put between two of them. Confined to one event loop.
 */
final class FrameBounds {

    private static final int GOING_AWAY = 1001;
    private static final int CLOSE = 8;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7f;
    private static final int SHORT = 126;
    private static final int LONG = 127;

    /** Bytes of the current frame's head that were read, and that it has. */
    private int seen;

    private int size;
    private int extended;
    /** Bytes of payload that the head announces, as far as its length was read. */
    private long announced;

    private long payload;

    private boolean closing;
    private boolean closed;

    void start() {
        seen = 0;
        payload = 0;
        closing = false;
        closed = false;
    }

    /** Whether the last byte that passed was the last of its frame. */
    boolean between() {
        return seen == 0 && payload == 0;
    }

    /** Whether a close frame has begun to pass. */
    boolean closed() {
        return closed;
    }

    /** Takes note of all bytes. */
    void pass(ByteBuf data) {
        int end = data.writerIndex();
        for (int at = data.readerIndex(); at < end; ) {
            at = step(data, at, end);
        }
    }

    /** Takes note of the rest of the current frame; returns how many bytes that is, as far as they have come. */
    int passFrame(ByteBuf data) {
        int start = data.readerIndex();
        int at = start;
        while (at < data.writerIndex() && !between()) {
            at = step(data, at, data.writerIndex());
        }
        return at - start;
    }

    private int step(ByteBuf data, int at, int end) {
        if (payload != 0) {
            // A length whose highest bit is set is against the rules and never ends.
            int n = payload < 0 ? end - at : (int) Math.min(payload, end - at);
            payload -= payload < 0 ? 0 : n;
            return at + n;
        }
        head(data.getByte(at));
        return at + 1;
    }

    private void head(byte b) {
        if (seen == 0) {
            closing = (b & 0xf) == CLOSE;
            size = 2;
        } else if (seen == 1) {
            int length = b & LENGTH;
            extended = length == SHORT ? 2 : length == LONG ? 8 : 0;
            size = 2 + extended + ((b & MASKED) == 0 ? 0 : 4);
            announced = extended == 0 ? length : 0;
        } else if (seen < 2 + extended) {
            announced = (announced << 8) | (b & 0xff);
        }
        seen++;
        if (seen == size) {
            seen = 0;
            payload = announced;
            closed |= closing;
        }
    }

    /** A close frame with status "going away", as a server sends it. */
    static byte[] goingAway() {
        return ByteBuffer.allocate(4)
                .put((byte) (0x80 | CLOSE))
                .put((byte) 2)
                .putShort((short) GOING_AWAY)
                .array();
    }

    /** The same as a client sends it, masked. */
    static byte[] maskedGoodbye(SplittableRandom random) {
        int mask = random.nextInt();
        return ByteBuffer.allocate(8)
                .put((byte) (0x80 | CLOSE))
                .put((byte) (MASKED | 2))
                .putInt(mask)
                .putShort((short) (GOING_AWAY ^ (mask >>> 16)))
                .array();
    }
}
