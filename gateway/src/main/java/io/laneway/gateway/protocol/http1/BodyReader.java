package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Violation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Takes a body out of the buffers it comes in (RFC 9112 section 6) without copying: what it gives out are the buffers
 * themselves or slices of them. Confined to one event loop; used again for body after body.
 */
final class BodyReader {

    private enum Framing {
        NONE,
        LENGTH,
        CHUNKED,
        /** Ends with the connection, or never: until close, tunnels, upgrades. */
        RAW
    }

    private final ChunkReader chunks;
    private Framing framing = Framing.NONE;
    private long left;
    private boolean ended = true;

    /** @param lenient whether chunks may be framed as endpoints do that do not keep to the letter */
    BodyReader(int maxTrailerBytes, int maxTrailerLines, boolean lenient) {
        this.chunks = new ChunkReader(maxTrailerBytes, maxTrailerLines, lenient);
    }

    /** A request's body follows, whose length its head states or leaves to chunks. */
    void start(long length) {
        if (length == RequestHead.UNKNOWN_LENGTH) {
            startChunked();
        } else {
            startLength(length);
        }
    }

    /** A response's body follows, of known length, chunked, or up to the connection's end. */
    void startResponse(long length, boolean chunked) {
        if (length >= 0) {
            startLength(length);
        } else if (chunked) {
            startChunked();
        } else {
            startRaw();
        }
    }

    /** A body of known length follows. */
    void startLength(long length) {
        framing = length == 0 ? Framing.NONE : Framing.LENGTH;
        left = length;
        ended = length == 0;
    }

    /** A chunked body follows. */
    void startChunked() {
        framing = Framing.CHUNKED;
        ended = false;
        chunks.reset();
    }

    /** Whatever follows is body. */
    void startRaw() {
        framing = Framing.RAW;
        ended = false;
    }

    /** Whether the body is complete. */
    boolean ended() {
        return ended;
    }

    /** How many of the next bytes are body for certain, with another behind them: not the end of it. */
    long unread() {
        return switch (framing) {
            case NONE, CHUNKED -> 0;
            case RAW -> Long.MAX_VALUE;
            case LENGTH -> left - 1;
        };
    }

    /** So many of these bytes went another way than by {@link #next}. */
    void passed(int bytes) {
        if (framing == Framing.LENGTH) {
            left -= bytes;
        }
    }

    /** Whether the body ends with the connection. */
    boolean raw() {
        return framing == Framing.RAW;
    }

    /** Whether the body broke its framing. */
    boolean malformed() {
        return framing == Framing.CHUNKED && chunks.malformed();
    }

    /** The rule that a malformed body breaks. */
    Violation violation() {
        return chunks.violation();
    }

    /** Whether the body was framed in a way that a strict reader refuses. */
    boolean odd() {
        return framing == Framing.CHUNKED && chunks.odd();
    }

    /** The trailers with which the body ended, or null if there were none. */
    @Nullable
    HeaderLines trailers() {
        return framing == Framing.CHUNKED ? chunks.trailers() : null;
    }

    /**
     * The next piece of body: a slice of the buffer, whose reader index is then behind it; the buffer itself, retained,
     * if all of it is body; empty if the body ended without another byte; null if the buffer holds no more of it.
     */
    @Nullable
    ByteBuf next(ByteBuf in) {
        return switch (framing) {
            case NONE -> null;
            case RAW -> in.isReadable() ? in.retain() : null;
            case LENGTH -> fixed(in);
            case CHUNKED -> chunked(in);
        };
    }

    private @Nullable ByteBuf fixed(ByteBuf in) {
        int n = (int) Math.min(left, in.readableBytes());
        if (n == 0) {
            return null;
        }
        left -= n;
        ended = left == 0;
        return take(in, n);
    }

    private @Nullable ByteBuf chunked(ByteBuf in) {
        if (ended) {
            return null;
        }
        int n = chunks.next(in);
        ended = chunks.ended();
        if (n > 0) {
            return take(in, n);
        }
        return ended ? Unpooled.EMPTY_BUFFER : null;
    }

    private static ByteBuf take(ByteBuf in, int n) {
        return n == in.readableBytes() ? in.retain() : in.readRetainedSlice(n);
    }
}
