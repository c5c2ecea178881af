package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.Trailers;
import io.laneway.gateway.protocol.stream.Violation;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Finds the chunks of a chunked body and the trailers behind them (RFC 9112 section 7.1): hexadecimal sizes without sign;
 * chunk extensions are bounded and dropped. A strict reader takes extensions by their grammar, and CRLF alone as the end of
 * a line. A lenient one takes white space behind a size, any text as an extension, and LF alone. Confined to one event loop.
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
    private final boolean lenient;
    private final ChunkExtension grammar = new ChunkExtension();
    private State state = State.ENDED;
    private long size;
    private int digits;
    private int extension;
    private boolean odd;
    private Violation violation = Violation.CHUNK_SIZE;
    private @Nullable HeaderLines lines;
    private @Nullable HeadReader reader;

    ChunkReader(int maxTrailerBytes, int maxTrailerLines, boolean lenient) {
        this.maxTrailerBytes = maxTrailerBytes;
        this.maxTrailerLines = maxTrailerLines;
        this.lenient = lenient;
    }

    /** Gets ready for the next body. */
    void reset() {
        startSize();
        odd = false;
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

    /** Whether something came that a strict reader refuses. */
    boolean odd() {
        return odd;
    }

    /** The rule that a malformed body breaks. */
    Violation violation() {
        return violation;
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
            case EXTENSION -> lenient ? afterAnything(c) : afterExtension(grammar.next(c));
            case SIZE_LF -> c == Chars.LF ? afterSizeLine() : broken(Violation.CHUNK_SIZE);
            case DATA_CR -> c == Chars.CR ? State.DATA_LF : bareLf(c) ? startSize() : broken(Violation.CHUNK_END);
            case DATA_LF -> c == Chars.LF ? startSize() : broken(Violation.CHUNK_END);
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
            return ++digits > MAX_DIGITS ? broken(Violation.CHUNK_SIZE) : State.SIZE;
        }
        if (digits == 0) {
            return broken(Violation.CHUNK_SIZE);
        }
        if (c == Chars.CR) {
            return State.SIZE_LF;
        }
        if (bareLf(c)) {
            return afterSizeLine();
        }
        if (c != ';' && !Chars.isBlank(c)) {
            return broken(Violation.CHUNK_SIZE);
        }
        odd |= c != ';';
        return lenient ? State.EXTENSION : afterExtension(grammar.start(c));
    }

    private State afterExtension(ChunkExtension.Result result) {
        return switch (result) {
            case MORE -> State.EXTENSION;
            case END -> State.SIZE_LF;
            case MALFORMED -> broken(Violation.CHUNK_EXTENSION);
        };
    }

    private State afterAnything(byte c) {
        if (c == Chars.CR) {
            return State.SIZE_LF;
        }
        if (bareLf(c)) {
            return afterSizeLine();
        }
        boolean allowed = (c >= Chars.SP && c != 0x7f) || c < 0 || c == Chars.HTAB;
        return allowed && ++extension <= MAX_EXTENSION ? State.EXTENSION : broken(Violation.CHUNK_EXTENSION);
    }

    private boolean bareLf(byte c) {
        boolean taken = lenient && c == Chars.LF;
        odd |= taken;
        return taken;
    }

    private State broken(Violation rule) {
        violation = rule;
        return State.MALFORMED;
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
            reader = new HeadReader(lines, null, maxTrailerBytes, maxTrailerLines, lenient);
        }
        HeadReader.Result result = reader.read(in);
        if (result == HeadReader.Result.DONE) {
            Trailers.clean(lines);
            odd |= reader.mended();
            state = State.ENDED;
        } else if (result == HeadReader.Result.FAILED) {
            Violation rule = reader.failure().violation();
            state = broken(rule == null ? Violation.HEADER_NAME : rule);
        }
    }
}
