package io.laneway.gateway.traffic.edge;

import io.laneway.gateway.protocol.head.Ascii;
import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.stream.Failure;
import org.jspecify.annotations.Nullable;

/** Counts down the hops that an {@code OPTIONS} may go (RFC 9110 section 7.6.2). Stateless. */
final class MaxForwards {

    private MaxForwards() {}

    /** Whether it may go no further, and is to be answered here. */
    static boolean isZero(HeaderLines lines) {
        int line = lines.find(Field.MAX_FORWARDS, 0);
        return line >= 0 && value(lines, line) == 0 && lines.find(Field.MAX_FORWARDS, line + 1) < 0;
    }

    /** Takes one hop off. */
    static @Nullable Failure count(HeaderLines lines) {
        int line = lines.find(Field.MAX_FORWARDS, 0);
        if (line < 0) {
            return null;
        }
        long hops = value(lines, line);
        if (hops < 0 || lines.find(Field.MAX_FORWARDS, line + 1) >= 0) {
            return Refusals.MAX_FORWARDS;
        }
        lines.remove(line);
        lines.add(Field.MAX_FORWARDS.header(), Math.max(0, hops - 1));
        return null;
    }

    private static long value(HeaderLines lines, int line) {
        return Ascii.parse(lines.array(), lines.valueOffset(line), lines.valueLength(line));
    }
}
