package io.laneway.gateway.traffic.forward;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.stream.UpstreamStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What has come of a request's body: held until there is a stream to send it on, and, while it is small and may be
 * needed again, kept after that. Confined to one event loop.
 */
final class RequestBody {

    /** Bytes kept to be sent again. */
    private static final int MAX_KEPT = 64 * 1024;

    private final ArrayDeque<ByteBuf> pieces = new ArrayDeque<>(4);
    private @Nullable HeaderLines trailers;
    private boolean keeps;
    private boolean empty;
    private boolean ended;
    private boolean lost;
    private int kept;

    /**
     * @param end  whether there is no body
     * @param keep whether it may have to be sent again
     */
    void start(boolean end, boolean keep) {
        empty = end;
        ended = end;
        keeps = keep;
        lost = false;
        kept = 0;
        trailers = null;
    }

    /** Whether the request is its head alone. */
    boolean isEmpty() {
        return empty;
    }

    /** Whether there is a body of which nothing has come. */
    boolean nothingYet() {
        return !ended && kept == 0 && !lost && pieces.isEmpty();
    }

    /** Whether no more of it comes. */
    boolean ended() {
        return ended;
    }

    /** It will not be sent again. */
    void keepNoMore() {
        keeps = false;
        lose();
    }

    /** The body of an upgrade is behind it: the protocol switched to begins. */
    void reopen() {
        ended = false;
    }

    /** Whether all that has come can be sent from the start. */
    boolean canReplay() {
        return !lost;
    }

    /** Takes note of bytes; {@code sent} says that they go out now, and ownership then stays with the caller. */
    void add(ByteBuf data, boolean end, boolean sent) {
        ended = end;
        if (!sent) {
            pieces.add(data);
            kept += data.readableBytes();
        } else if (keeps && !lost && kept + data.readableBytes() <= MAX_KEPT) {
            kept += data.readableBytes();
            pieces.add(data.retainedDuplicate());
        } else {
            lose();
        }
    }

    /** Takes note of the trailers, which are lent for the call. */
    void trailers(HeaderLines lent) {
        ended = true;
        trailers = lent;
    }

    /** Sends all that has come, and keeps it if it may be needed again. */
    void replay(UpstreamStream to) {
        boolean keep = keeps && kept <= MAX_KEPT;
        int left = pieces.size();
        for (ByteBuf piece : pieces) {
            left--;
            to.data(keep ? piece.retainedDuplicate() : piece, ended && left == 0 && trailers == null);
        }
        if (!keep && !pieces.isEmpty()) {
            pieces.clear();
            lost = true;
        }
        if (ended && trailers != null) {
            to.trailers(trailers);
        } else if (ended && kept == 0 && pieces.isEmpty() && !lost) {
            to.data(Unpooled.EMPTY_BUFFER, true);
        }
    }

    private void lose() {
        lost = true;
        drop();
    }

    private void drop() {
        for (ByteBuf piece = pieces.poll(); piece != null; piece = pieces.poll()) {
            piece.release();
        }
    }

    void clear() {
        drop();
        trailers = null;
    }
}
