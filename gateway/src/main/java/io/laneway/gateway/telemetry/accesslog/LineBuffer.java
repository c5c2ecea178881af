package io.laneway.gateway.telemetry.accesslog;

import io.laneway.gateway.protocol.head.Ascii;
import io.laneway.router.text.Slice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One line being written, in bytes, without garbage. Confined to one event loop.
 *
 * <p>Whatever clients sent is escaped: control characters, quotes, backslashes and everything beyond ASCII become
 * {@code \xHH} in text and the like in JSON, so that a value can neither end its field nor begin a line. In JSON, which is
 * UTF-8, well-formed characters beyond ASCII stay as they are. Eight bytes at a time are looked at, since hardly any value
 * needs it.
 */
final class LineBuffer {

    /** Longest value of a field, in bytes; what is beyond is cut and marked with dots. */
    static final int MAX_FIELD = 2048;

    /** Longest line: six fields of clients, each byte of them escaped in six, and our own. */
    static final int MAX_LINE = 7 * MAX_FIELD * 6 + 8192;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final byte[] HEX = Ascii.bytes("0123456789abcdef");
    private static final byte[] DOTS = Ascii.bytes("...");

    private final byte[] escape;
    private final boolean utf8;
    private final KnownTexts names = new KnownTexts();
    private final byte[] bytes = new byte[MAX_LINE];
    private int length;

    /**
     * An empty line.
     *
     * @param escape what comes before the hex digits of escaped bytes
     * @param utf8   whether well-formed characters beyond ASCII stay as they are
     */
    LineBuffer(byte[] escape, boolean utf8) {
        this.escape = escape;
        this.utf8 = utf8;
    }

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    /** A copy of what was written from that length on. */
    byte[] since(int start) {
        return Arrays.copyOfRange(bytes, start, length);
    }

    LineBuffer raw(byte[] text) {
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        return this;
    }

    LineBuffer raw(char c) {
        bytes[length++] = (byte) c;
        return this;
    }

    LineBuffer number(long value) {
        if (value >= 0 && value < 10) {
            return raw((char) ('0' + value));
        }
        if (value < 0) {
            raw('-');
            return number(-value);
        }
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        int end = length + digits;
        long rest = value;
        for (int i = end - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length = end;
        return this;
    }

    /** A value of our own or of the table, escaped. Such values come again and again, as the same objects. */
    LineBuffer text(String value) {
        byte[] known = names.get(value);
        if (known != null) {
            return raw(known);
        }
        int start = length;
        text(Slice.of(value));
        names.put(value, Arrays.copyOfRange(bytes, start, length));
        return this;
    }

    /** A value of the client, escaped. */
    LineBuffer text(Slice value) {
        byte[] from = value.array();
        int offset = value.offset();
        int size = value.length() <= MAX_FIELD ? value.length() : cut(from, offset);
        int clean = clean(from, offset, size);
        System.arraycopy(from, offset, bytes, length, clean);
        length += clean;
        int i = clean;
        while (i < size) {
            i += utf8 && from[offset + i] < 0 ? beyondAscii(from, offset + i, size - i) : one(from[offset + i]);
        }
        return size < value.length() ? raw(DOTS) : this;
    }

    /** How much of a value that is too long is kept: no part of a character. */
    private int cut(byte[] from, int offset) {
        int size = MAX_FIELD;
        while (utf8 && size > MAX_FIELD - Utf8.LONGEST && (from[offset + size] & 0xc0) == 0x80) {
            size--;
        }
        return size;
    }

    /** Writes a character, or one byte of what is none; returns how many bytes it took. */
    private int beyondAscii(byte[] from, int at, int left) {
        int n = Utf8.length(from, at, left);
        if (n == 0) {
            return escaped(from[at]);
        }
        if (Utf8.isControl(from, at)) {
            escaped(from[at + 1]);
            return n;
        }
        System.arraycopy(from, at, bytes, length, n);
        length += n;
        return n;
    }

    /** How many bytes from the start need no escape, or fewer. */
    private static int clean(byte[] from, int offset, int size) {
        int i = 0;
        for (; i + 8 <= size; i += 8) {
            if (needsEscape((long) LONG.get(from, offset + i))) {
                return i;
            }
        }
        if (i > 0) {
            // The last eight, some of them for the second time, instead of the rest one by one.
            return needsEscape((long) LONG.get(from, offset + size - 8)) ? i : size;
        }
        while (i < size && !needsEscape(from[offset + i])) {
            i++;
        }
        return i;
    }

    private static boolean needsEscape(long eight) {
        long control = (eight - 0x20 * ONES) & ~eight;
        long marks = zero(eight ^ 0x22 * ONES) | zero(eight ^ 0x5c * ONES) | zero(eight ^ 0x7f * ONES);
        return ((control | marks | eight) & HIGHS) != 0;
    }

    /** The high bit is set in bytes that are zero, and maybe in bytes above one that is. */
    private static long zero(long eight) {
        return (eight - ONES) & ~eight;
    }

    private static boolean needsEscape(byte b) {
        return b < 0x20 || b == '"' || b == '\\' || b == 0x7f;
    }

    private int one(byte b) {
        if (needsEscape(b)) {
            return escaped(b);
        }
        bytes[length++] = b;
        return 1;
    }

    private int escaped(byte b) {
        raw(escape).raw((char) HEX[(b >> 4) & 15]).raw((char) HEX[b & 15]);
        return 1;
    }
}
