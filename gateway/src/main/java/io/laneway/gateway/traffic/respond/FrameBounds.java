package io.laneway.gateway.traffic.respond;

import io.laneway.gateway.protocol.websocket.FrameHead;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Follows the frames of a WebSocket in one direction (RFC 6455 section 5.2), reading no more than their heads, so that a
 * close frame of ours can be put between two of them. Confined to one event loop.
 */
final class FrameBounds {

    private static final int GOING_AWAY = 1001;

    private final FrameHead head = new FrameHead();
    private boolean closed;

    void start() {
        head.clear();
        closed = false;
    }

    /** Whether the last byte that passed was the last of its frame. */
    boolean between() {
        return head.between();
    }

    /** Whether a close frame has begun to pass. */
    boolean closed() {
        return closed;
    }

    /** How many of the next bytes are payload of the current frame. */
    long payload() {
        return head.left();
    }

    /** Takes note of so many bytes of payload. */
    void passPayload(int bytes) {
        int unused = head.pass(bytes);
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
        if (head.inPayload()) {
            return at + head.pass(end - at);
        }
        closed |= head.add(data.getByte(at)) && head.close();
        return at + 1;
    }

    /** A close frame with status "going away", as a server sends it. */
    static byte[] goingAway() {
        return ByteBuffer.allocate(4)
                .put((byte) (0x80 | FrameHead.CLOSE))
                .put((byte) 2)
                .putShort((short) GOING_AWAY)
                .array();
    }

    /** The same as a client sends it, masked. */
    static byte[] maskedGoodbye(SplittableRandom random) {
        int mask = random.nextInt();
        return ByteBuffer.allocate(8)
                .put((byte) (0x80 | FrameHead.CLOSE))
                .put((byte) (FrameHead.MASKED | 2))
                .putInt(mask)
                .putShort((short) (GOING_AWAY ^ (mask >>> 16)))
                .array();
    }
}
