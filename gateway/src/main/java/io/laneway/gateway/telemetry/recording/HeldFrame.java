package io.laneway.gateway.telemetry.recording;

import io.laneway.replay.socket.RawFrame;
import io.netty.buffer.ByteBuf;
import java.time.Duration;

/** What is retained of a frame until it is written. Confined to one thread at a time. */
final class HeldFrame {

    private final boolean client;
    private final long after;
    private final int first;
    private final int mask;
    private final long length;
    private final long missed;
    private final HeldBody payload = new HeldBody();
    private long bytes;
    private boolean full;

    /**
     * A frame whose head has passed.
     *
     * @param after nanoseconds since the request
     * @param missed frames of its direction before it that are not there
     */
    HeldFrame(boolean client, long after, int first, int mask, long length, long missed) {
        this.client = client;
        this.after = after;
        this.first = first;
        this.mask = mask;
        this.length = length;
        this.missed = missed;
    }

    /** Bytes of its payload that are to be retained within the bound. */
    int wanted(ByteBuf piece, int most) {
        return full ? 0 : payload.wanted(piece, most);
    }

    void retain(ByteBuf piece, int wanted) {
        payload.retain(piece, wanted);
    }

    /** So many bytes were taken from the inlet for it. */
    void took(long more) {
        bytes += more;
    }

    /** Bytes that were taken from the inlet for it. */
    long bytes() {
        return bytes;
    }

    /** There was no room for a piece: what follows would not be what comes behind the rest. */
    void full() {
        full = true;
    }

    /** A copy of what is retained. */
    RawFrame raw() {
        byte[] kept = payload.body().bytes();
        return new RawFrame(client, Duration.ofNanos(Math.max(0, after)), first, mask, length, kept, missed);
    }

    void release() {
        payload.release();
    }
}
