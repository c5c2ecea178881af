package io.laneway.gateway.telemetry.recording;

import io.laneway.replay.form.RecordedBody;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** What is retained of a body until it is written. Confined to one thread at a time. */
final class HeldBody {

    private final List<ByteBuf> pieces = new ArrayList<>(2);
    private long size;
    private int kept;
    private boolean ended;

    /** Bytes of a piece that are to be retained within the bound. */
    int wanted(ByteBuf data, int most) {
        return Math.min(data.readableBytes(), most - kept);
    }

    /** What a piece keeps from being used again: the whole buffer that it is a part of. */
    static long cost(ByteBuf data) {
        ByteBuf under = data.unwrap();
        return under == null ? data.capacity() : Math.max(under.capacity(), data.capacity());
    }

    void retain(ByteBuf data, int bytes) {
        pieces.add(data.retainedSlice(data.readerIndex(), bytes));
        kept += bytes;
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
