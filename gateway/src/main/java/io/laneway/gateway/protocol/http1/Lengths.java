package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.head.Ascii;
import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;

/** Reads {@code Content-Length} (RFC 9110 section 8.6). Stateless. */
final class Lengths {

    private Lengths() {}

    /** The length in {@code line}; -1 if it is malformed or the line is not the only one. */
    static long read(HeaderLines lines, int line) {
        if (lines.find(Field.CONTENT_LENGTH, line + 1) >= 0) {
            return -1;
        }
        return Ascii.parse(lines.array(), lines.valueOffset(line), lines.valueLength(line));
    }

    /**
     * The length that all lines agree on, each of which may be a list (RFC 9112 section 6.3); -1 if they do not, or one is
     * malformed. Makes one plain line of them.
     */
    static long agreed(HeaderLines lines, int first) {
        long length = -1;
        boolean several = false;
        for (int line = first; line >= 0; line = lines.find(Field.CONTENT_LENGTH, line + 1)) {
            int from = lines.valueOffset(line);
            int end = from + lines.valueLength(line);
            while (from <= end) {
                int comma = from;
                while (comma < end && lines.array()[comma] != ',') {
                    comma++;
                }
                long next = trimmed(lines.array(), from, comma);
                if (next < 0 || (several && next != length)) {
                    return -1;
                }
                length = next;
                several = true;
                from = comma + 1;
            }
        }
        lines.remove(Field.CONTENT_LENGTH);
        lines.add(Field.CONTENT_LENGTH, length);
        return length;
    }

    private static long trimmed(byte[] array, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && Chars.isBlank(array[start])) {
            start++;
        }
        while (end > start && Chars.isBlank(array[end - 1])) {
            end--;
        }
        return Ascii.parse(array, start, end - start);
    }
}
