package io.laneway.gateway.http1;

import io.laneway.gateway.head.Ascii;
import io.laneway.gateway.head.Field;
import io.laneway.gateway.head.HeaderLines;

/** Reads {@code Content-Length} (RFC 9110 section 8.6). Stateless. */
final class Lengths {

    private Lengths() {}

    /** The length that {@code line} tells; -1 if it is malformed or the line is not the only one. */
    static long read(HeaderLines lines, int line) {
        if (lines.find(Field.CONTENT_LENGTH, line + 1) >= 0) {
            return -1;
        }
        return Ascii.parse(lines.array(), lines.valueOffset(line), lines.valueLength(line));
    }
}
