package io.laneway.gateway.traffic.token;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.stream.Downstream;
import io.laneway.gateway.protocol.stream.RequestSink;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What comes of a request behind its head while its token is verified. The client is paused with the first bytes, so that
 * no more is held than what was on its way. Confined to one event loop; one for each exchange.
 */
final class HeldRequest {

    private final ArrayDeque<ByteBuf> pieces = new ArrayDeque<>(2);
    private @Nullable HeaderLines trailers;
    private @Nullable Downstream paused;
    private boolean ended;

    void data(ByteBuf data, boolean end, Downstream from) {
        pieces.add(data);
        ended = end;
        if (!end && paused == null) {
            paused = from;
            from.pause();
        }
    }

    /** Trailers of requests stay valid until both directions have ended. */
    void trailers(HeaderLines lines) {
        trailers = lines;
    }

    /** Hands the next on; false if there is nothing more. */
    boolean handOn(RequestSink to) {
        ByteBuf piece = pieces.poll();
        if (piece != null) {
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
    void resume(boolean wanted) {
        Downstream from = paused;
        paused = null;
        if (from != null && wanted) {
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
        resume(true);
    }
}
