package io.laneway.gateway.traffic.gate;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.stream.Downstream;
import io.laneway.gateway.protocol.stream.RequestSink;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What comes of a request behind its head while it waits at a gate. The client is paused with the first bytes, or when those
 * are here that the gate wants, so that no more is held than what was on its way. Confined to one event loop; one for each
 * exchange.
 */
final class HeldRequest {

    private final ArrayDeque<ByteBuf> pieces = new ArrayDeque<>(2);
    private @Nullable HeaderLines trailers;
    private @Nullable Downstream paused;
    private boolean ended;
    private long bytes;
    private long wanted;

    /** @param end whether the request is its head alone */
    void begin(boolean end) {
        ended = end;
        bytes = 0;
        wanted = 0;
    }

    /** So many bytes are wanted before the client is paused. */
    void want(long least) {
        wanted = least;
        if (bytes < wanted) {
            resume(true);
        }
    }

    /** What comes is held for no purpose of its own: the client is paused with the next bytes. */
    void wantNothing() {
        wanted = 0;
    }

    /** Whether what was wanted is here, or all that there is. */
    boolean enough() {
        return bytes >= wanted || whole();
    }

    void data(ByteBuf data, boolean end, Downstream from) {
        bytes += data.readableBytes();
        pieces.add(data);
        ended = end;
        if (!end && bytes >= wanted && paused == null) {
            paused = from;
            from.pause();
        }
    }

    /** Trailers of requests stay valid until both directions have ended. */
    void trailers(HeaderLines lines) {
        trailers = lines;
    }

    /** Whether nothing more of the body comes. */
    boolean whole() {
        return ended || trailers != null;
    }

    /** Whether nothing of the body has come. */
    boolean nothingYet() {
        return bytes == 0;
    }

    /** A copy of what is here of the body, up to so many bytes. */
    byte[] copy(int most) {
        byte[] copy = new byte[(int) Math.min(most, bytes)];
        int at = 0;
        for (ByteBuf piece : pieces) {
            int part = Math.min(piece.readableBytes(), copy.length - at);
            piece.getBytes(piece.readerIndex(), copy, at, part);
            at += part;
        }
        return copy;
    }

    /** Hands the next on; false if there is nothing more. */
    boolean handOn(RequestSink to) {
        ByteBuf piece = pieces.poll();
        if (piece != null) {
            bytes -= piece.readableBytes();
            to.data(piece, ended && pieces.isEmpty());
            return true;
        }
        HeaderLines last = trailers;
        trailers = null;
        if (last != null) {
            to.trailers(last);
        }
        return false;
    }

    /** Resumes the client, unless it is held for another reason. */
    void resume(boolean free) {
        Downstream from = paused;
        paused = null;
        if (from != null && free) {
            from.resume();
        }
    }

    /** Drops what was not handed on. */
    void clear() {
        for (ByteBuf piece = pieces.poll(); piece != null; piece = pieces.poll()) {
            piece.release();
        }
        trailers = null;
        ended = false;
        bytes = 0;
        resume(true);
    }
}
