package io.laneway.gateway.http1;

import io.laneway.gateway.head.HeaderLines;
import io.laneway.gateway.head.Trailers;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Finds the chunks of a chunked body and the trailers behind them (RFC 9112 section 7.1), strictly: hexadecimal sizes
 * without sign or white space, CRLF alone ends a line, chunk extensions are bounded and dropped. Confined to one event
 * loop.
 */
final class ChunkReader {

    private static final int MAX_DIGITS = 15;
    private static final int MAX_EXTENSION = 256;

    private enum State {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILERS,
        ENDED,
        MALFORMED
    }

    private final int maxTrailerBytes;
    private final int maxTrailerLines;
    private State state = State.ENDED;
    private long size;
    private int digits;
    private int extension;
    private @Nullable HeaderLines lines;
    private @Nullable HeadReader reader;

    ChunkReader(int maxTrailerBytes, int maxTrailerLines) {
        this.maxTrailerBytes = maxTrailerBytes;
        this.maxTrailerLines = maxTrailerLines;
    }

    /** Gets ready for the next body. */
    void reset() {
        startSize();
        if (lines != null && reader != null) {
            lines.clear(maxTrailerBytes);
            reader.reset(lines);
        }
    }

    boolean ended() {
        return state == State.ENDED;
    }

    boolean malformed() {
        return state == State.MALFORMED;
    }

    /** The trailers of the body that ended, or null if it had none. */
    @Nullable
    HeaderLines trailers() {
        return lines == null || lines.count() == 0 ? null : lines;
    }

    /** Moves the buffer to the next data and returns how many bytes of it the buffer holds; 0 if none. */
    int next(ByteBuf in) {
        while (in.isReadable()) {
            if (state == State.DATA) {
                return data(in);
            }
            if (state == State.TRAILERS) {
                trailers(in);
                return 0;
            }
            if (state == State.ENDED || state == State.MALFORMED) {
                return 0;
            }
            state = after(in.readByte());
        }
        return 0;
    }

    private int data(ByteBuf in) {
        int n = (int) Math.min(size, in.readableBytes());
        size -= n;
        if (size == 0) {
            state = State.DATA_CR;
        }
        return n;
    }

    private State after(byte c) {
        return switch (state) {
            case SIZE -> afterSize(c);
            case EXTENSION -> afterExtension(c);
            case SIZE_LF -> c == Chars.LF ? afterSizeLine() : State.MALFORMED;
            case DATA_CR -> c == Chars.CR ? State.DATA_LF : State.MALFORMED;
            case DATA_LF -> c == Chars.LF ? startSize() : State.MALFORMED;
            case DATA, TRAILERS, ENDED, MALFORMED -> state;
        };
    }

    private State startSize() {
        size = 0;
        digits = 0;
        extension = 0;
        state = State.SIZE;
        return State.SIZE;
    }

    private State afterSize(byte c) {
        int digit = hex(c);
        if (digit >= 0) {
            size = size << 4 | digit;
            return ++digits > MAX_DIGITS ? State.MALFORMED : State.SIZE;
        }
        if (digits == 0) {
            return State.MALFORMED;
        }
        if (c == Chars.CR) {
            return State.SIZE_LF;
        }
        return c == ';' ? State.EXTENSION : State.MALFORMED;
    }

    private State afterExtension(byte c) {
        if (c == Chars.CR) {
            return State.SIZE_LF;
        }
        boolean allowed = (c >= Chars.SP && c < 0x7f) || c == Chars.HTAB;
        return allowed && ++extension <= MAX_EXTENSION ? State.EXTENSION : State.MALFORMED;
    }

    private State afterSizeLine() {
        return size == 0 ? State.TRAILERS : State.DATA;
    }

    private static int hex(byte c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    private void trailers(ByteBuf in) {
        int at = in.readerIndex();
        boolean begun = reader != null && reader.begun();
        if (!begun && in.readableBytes() >= 2 && in.getByte(at) == Chars.CR && in.getByte(at + 1) == Chars.LF) {
            in.skipBytes(2);
            state = State.ENDED;
            return;
        }
        if (lines == null || reader == null) {
            lines = new HeaderLines();
            reader = new HeadReader(lines, null, maxTrailerBytes, maxTrailerLines);
        }
        HeadReader.Result result = reader.read(in);
        if (result == HeadReader.Result.DONE) {
            Trailers.clean(lines);
            state = State.ENDED;
        } else if (result == HeadReader.Result.FAILED) {
            state = State.MALFORMED;
        }
    }
}
