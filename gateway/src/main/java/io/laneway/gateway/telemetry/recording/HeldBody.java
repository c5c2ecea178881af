package io.laneway.gateway.telemetry.recording;

import io.laneway.replay.form.RecordedBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** What is retained of a body until it is written. Confined to one thread at a time. */
final class HeldBody {

    /** A piece of at most so many bytes is copied, if it is this part of its buffer at most. */
    private static final int MOST_COPIED = 2048;

    private static final int SMALL_PART = 4;

    private final List<ByteBuf> pieces = new ArrayList<>(2);
    private long size;
    private int kept;
    private boolean ended;

    /** Bytes of a piece that are to be retained within the bound. */
    int wanted(ByteBuf data, int most) {
        return Math.min(data.readableBytes(), most - kept);
    }

    /**
     * Bytes that are held for a piece. One that is retained keeps the whole buffer that it is a part of from being used
     * again; one that is a small part of it is copied, which costs less than to hold the rest.
     */
    static long cost(ByteBuf data, int bytes) {
        int whole = whole(data);
        return isSmall(bytes, whole) ? bytes : whole;
    }

    void retain(ByteBuf data, int bytes) {
        int from = data.readerIndex();
        boolean copied = isSmall(bytes, whole(data));
        pieces.add(
                copied ? Unpooled.buffer(bytes, bytes).writeBytes(data, from, bytes) : data.retainedSlice(from, bytes));
        kept += bytes;
    }

    private static int whole(ByteBuf data) {
        ByteBuf under = data.unwrap();
        return under == null ? data.capacity() : Math.max(under.capacity(), data.capacity());
    }

    private static boolean isSmall(int bytes, int whole) {
        return bytes <= MOST_COPIED && bytes * SMALL_PART <= whole;
    }

    void passed(int bytes) {
        size += bytes;
    }

    void ended() {
        ended = true;
    }

    /** A copy of what is retained. */
    RecordedBody body() {
        byte[] bytes = new byte[kept];
        int at = 0;
        for (ByteBuf piece : pieces) {
            int length = piece.readableBytes();
            piece.getBytes(piece.readerIndex(), bytes, at, length);
            at += length;
        }
        boolean cut = size > bytes.length || !ended;
        return size == 0 && ended ? RecordedBody.NONE : new RecordedBody(bytes, size, cut, null, null);
    }

    void release() {
        pieces.forEach(ByteBuf::release);
        pieces.clear();
    }
}
