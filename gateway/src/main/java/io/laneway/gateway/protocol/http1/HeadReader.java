package io.laneway.gateway.protocol.http1;

import static io.laneway.gateway.protocol.http1.Chars.CR;
import static io.laneway.gateway.protocol.http1.Chars.LF;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.stream.Failure;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads a start line and header lines, or header lines alone (trailers), from buffers as they come (RFC 9112 sections 2.2
 * and 5). Confined to one event loop; used again for head after head.
 *
 * <p>Bytes are copied once into the lines' array and looked at once: a NUL behind the last byte stops every scan, and a
 * line that is not whole is begun again only when its LF has come, so that a head that comes byte by byte costs no more
 * than its length.
 *
 * <p>A strict reader refuses lines that end with LF alone. A lenient one mends them in place, so that what is passed on has
 * CRLF (RFC 9112 section 2.2 allows a recipient to).
 */
final class HeadReader {

    /** What became of a read. */
    enum Result {
        /** The head is not complete. */
        MORE,
        /** It is; the buffer's reader index is behind it. */
        DONE,
        /** It is malformed; see {@link #failure}. */
        FAILED
    }

    /** Reads the start line that is in an array. */
    interface StartLine {

        /** Reads the bytes from {@code start} to the CR at {@code end}; null if they are well-formed. */
        @Nullable
        Failure read(byte[] array, int start, int end);

        /** What is wrong already with the bytes from {@code start} to {@code end}, which are the line's first; null if nothing. */
        default @Nullable Failure begin(byte[] array, int start, int end) {
            return null;
        }
    }

    private static final int STEP = 2048;

    /** Longest name of a field that an error shows. */
    private static final int MAX_NAMED = 64;

    private final @Nullable StartLine startLine;
    private final int maxBytes;
    private final int maxLines;
    private final boolean lenient;

    private HeaderLines lines;
    private @Nullable Failure failure;
    private boolean inStartLine;
    private boolean emptyLineSkipped;
    private int filled;
    private int lineStart;
    private int searched;
    private boolean mended;

    /** A strict reader of heads, or of trailers if {@code startLine} is null. */
    HeadReader(HeaderLines lines, @Nullable StartLine startLine, int maxBytes, int maxLines) {
        this(lines, startLine, maxBytes, maxLines, false);
    }

    HeadReader(HeaderLines lines, @Nullable StartLine startLine, int maxBytes, int maxLines, boolean lenient) {
        this.lines = lines;
        this.startLine = startLine;
        this.maxBytes = maxBytes;
        this.maxLines = maxLines;
        this.lenient = lenient;
        reset(lines);
    }

    /** Gets ready for the next head, which goes into {@code lines}. These must be clear. */
    void reset(HeaderLines lines) {
        this.lines = lines;
        inStartLine = startLine != null;
        emptyLineSkipped = false;
        failure = null;
        filled = 0;
        lineStart = 0;
        searched = 0;
        mended = false;
    }

    /** Whether a line of the head ended with LF alone. */
    boolean mended() {
        return mended;
    }

    /** Whether bytes of a head have come. */
    boolean begun() {
        return filled > 0;
    }

    /** What is wrong, after {@link Result#FAILED}. */
    Failure failure() {
        return failure == null ? HeadFailures.BAD_START_LINE : failure;
    }

    /** What is wrong, null while nothing is. */
    @Nullable
    Failure failed() {
        return failure;
    }

    /** Reads on. The buffer is left behind the last byte that belongs to the head. */
    Result read(ByteBuf in) {
        if (filled == 0 && inStartLine) {
            skipEmptyLine(in);
        }
        while (in.isReadable()) {
            int n = Math.min(in.readableBytes(), STEP);
            byte[] array = lines.reserve(filled + n + 1);
            in.readBytes(array, filled, n);
            filled += n;
            array[filled] = 0;
            if (inStartLine && !emptyLineSkipped) {
                dropEmptyLine(array);
            }
            Result result = scan(array);
            if (result == Result.DONE) {
                in.readerIndex(in.readerIndex() - (filled - lineStart));
                return lineStart > maxBytes ? fail(HeadFailures.HEAD_TOO_LARGE) : result;
            }
            if (result == Result.FAILED) {
                return result;
            }
            if (filled > maxBytes) {
                return fail(inStartLine ? HeadFailures.URI_TOO_LONG : HeadFailures.HEAD_TOO_LARGE);
            }
        }
        return Result.MORE;
    }

    /** One empty line before a start line is let pass (RFC 9112 section 2.2). */
    private void skipEmptyLine(ByteBuf in) {
        int at = in.readerIndex();
        if (!emptyLineSkipped && in.readableBytes() >= 2 && in.getByte(at) == CR && in.getByte(at + 1) == LF) {
            in.skipBytes(2);
            emptyLineSkipped = true;
        }
    }

    /** The same for one that came in two pieces: what follows moves to the start, where the method is looked for. */
    private void dropEmptyLine(byte[] array) {
        if (filled >= 2 && array[0] == CR) {
            emptyLineSkipped = true;
            if (array[1] == LF) {
                filled -= 2;
                searched = 0;
                System.arraycopy(array, 2, array, 0, filled + 1);
            }
        }
    }

    private Result scan(byte[] array) {
        if (searched > lineStart && !lineFeedCame(array)) {
            return Result.MORE;
        }
        if (inStartLine) {
            Result result = startLine(array);
            if (result != Result.DONE) {
                return result;
            }
        }
        Result result = line(lines.array());
        while (result == null) {
            result = line(lines.array());
        }
        if (result == Result.MORE) {
            searched = filled;
        }
        return result;
    }

    private boolean lineFeedCame(byte[] array) {
        for (int i = searched; i < filled; i++) {
            if (array[i] == LF) {
                return true;
            }
        }
        searched = filled;
        return false;
    }

    private Result startLine(byte[] array) {
        int end = Chars.firstControl(array, lineStart);
        if (end == filled || (array[end] == CR && end + 1 == filled)) {
            searched = filled;
            Failure early = startLine == null ? null : startLine.begin(array, lineStart, end);
            return early == null ? Result.MORE : fail(early);
        }
        if (array[end] == LF && lenient) {
            mend(end);
            return startLine(lines.array());
        }
        if (array[end] != CR) {
            return fail(array[end] == LF ? HeadFailures.BARE_LF : HeadFailures.BAD_START_LINE);
        }
        if (array[end + 1] != LF) {
            return fail(HeadFailures.BARE_CR);
        }
        Failure wrong = startLine == null ? null : startLine.read(array, lineStart, end);
        if (wrong != null) {
            return fail(wrong);
        }
        inStartLine = false;
        lineStart = end + 2;
        lines.end(lineStart);
        return Result.DONE;
    }

    /** Reads one line; null if it was one and the next may be read. */
    private @Nullable Result line(byte[] array) {
        int start = lineStart;
        int p = start;
        if (array[p] == CR) {
            return endOfHead(array, p);
        }
        if (array[p] == LF && lenient && p < filled) {
            mended = true;
            lineStart = p + 1;
            return Result.DONE;
        }
        while (Chars.TOKEN[array[p] & 0xff]) {
            p++;
        }
        if (array[p] != ':' || p == start) {
            return p == filled ? Result.MORE : badName(array, start, p);
        }
        int nameLength = p - start;
        p++;
        while (Chars.isBlank(array[p])) {
            p++;
        }
        int value = p;
        p = Chars.firstControl(array, p);
        if (p >= filled || (array[p] == CR && p + 1 == filled)) {
            return Result.MORE;
        }
        if (array[p] == LF && lenient) {
            mend(p);
        } else if (array[p] != CR || array[p + 1] != LF) {
            return badValue(array, p, nameLength);
        }
        enter(lines.array(), nameLength, value, p);
        return lines.count() > maxLines ? fail(HeadFailures.TOO_MANY_LINES) : null;
    }

    private void enter(byte[] array, int nameLength, int value, int cr) {
        int end = cr;
        while (end > value && Chars.isBlank(array[end - 1])) {
            end--;
        }
        lines.enter(lineStart, nameLength, value, end - value, cr + 2);
        lineStart = cr + 2;
    }

    private Result endOfHead(byte[] array, int p) {
        if (p + 1 == filled) {
            return Result.MORE;
        }
        if (array[p + 1] != LF) {
            return fail(HeadFailures.BARE_CR);
        }
        lineStart = p + 2;
        return Result.DONE;
    }

    private Result badName(byte[] array, int start, int p) {
        if (p == start && Chars.isBlank(array[p])) {
            return fail(HeadFailures.FOLDED);
        }
        return fail(p == start && array[p] == LF ? HeadFailures.BARE_LF : HeadFailures.BAD_NAME);
    }

    private Result badValue(byte[] array, int p, int nameLength) {
        Failure wrong =
                array[p] == CR ? HeadFailures.BARE_CR : array[p] == LF ? HeadFailures.BARE_LF : HeadFailures.BAD_VALUE;
        String name = new String(array, lineStart, Math.min(nameLength, MAX_NAMED), StandardCharsets.ISO_8859_1);
        return fail(wrong.of(wrong.violation(), name));
    }

    /** Puts the CR before a LF that lacks it. */
    private void mend(int lf) {
        byte[] array = lines.reserve(filled + 2);
        System.arraycopy(array, lf, array, lf + 1, filled - lf + 1);
        array[lf] = CR;
        filled++;
        mended = true;
    }

    private Result fail(Failure wrong) {
        failure = wrong;
        return Result.FAILED;
    }
}
