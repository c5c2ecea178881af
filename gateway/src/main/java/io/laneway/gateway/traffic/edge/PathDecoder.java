package io.laneway.gateway.traffic.edge;

import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.runtime.config.PathConfig;
import io.laneway.gateway.runtime.config.PathConfig.EncodedSlashes;
import org.jspecify.annotations.Nullable;

/**
 * Decodes in a path what may be decoded without a change of meaning (RFC 3986 section 2.3), once, and finds what must not
 * are there. Confined to one event loop.
 */
final class PathDecoder {

    private static final int SLASH = '/';
    private static final int BACKSLASH = '\\';
    private static final int DELETE = 0x7f;

    private final PathConfig config;
    private @Nullable Failure wrong;

    PathDecoder(PathConfig config) {
        this.config = config;
    }

    /** What was found wrong, or null. */
    @Nullable
    Failure wrong() {
        return wrong;
    }

    /** Decodes into {@code out} and returns how many bytes it wrote. */
    int decode(byte[] array, int start, int end, byte[] out) {
        wrong = null;
        int n = 0;
        int p = start;
        while (p < end && wrong == null) {
            byte c = array[p];
            if (c != '%') {
                if (c == BACKSLASH && config.normalise()) {
                    wrong = Refusals.BACKSLASH;
                }
                out[n++] = c;
                p++;
                continue;
            }
            int value = value(array, p, end);
            int plain = plain(array, p, end, value);
            if (plain >= 0) {
                out[n++] = (byte) plain;
                p += 3;
            } else {
                out[n++] = c;
                p++;
            }
        }
        return n;
    }

    /** What to write for an encoded octet, or -1 to leave it encoded. */
    private int plain(byte[] array, int at, int end, int value) {
        if (value == SLASH || value == BACKSLASH) {
            if (config.encodedSlashes() == EncodedSlashes.REJECT) {
                wrong = Refusals.ENCODED_SLASH;
            }
            return config.encodedSlashes() == EncodedSlashes.DECODE ? SLASH : -1;
        }
        if (!config.normalise()) {
            return -1;
        }
        if (value < 0) {
            wrong = Refusals.BAD_PERCENT;
        } else if (value < ' ' || value == DELETE) {
            wrong = Refusals.CONTROL;
        } else if ((value == 0xc0 || value == 0xc1) && value(array, at + 3, end) >= 0x80) {
            wrong = Refusals.OVERLONG;
        }
        return isUnreserved(value) ? value : -1;
    }

    /** Whether an encoded slash or backslash is there. */
    static boolean isSlash(byte[] array, int at, int end) {
        int value = array[at] == '%' ? value(array, at, end) : -1;
        return value == SLASH || value == BACKSLASH;
    }

    /** The octet of {@code %HH}, or -1. */
    private static int value(byte[] array, int at, int end) {
        if (at + 2 >= end || array[at] != '%') {
            return -1;
        }
        int high = Character.digit(array[at + 1], 16);
        int low = Character.digit(array[at + 2], 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static boolean isUnreserved(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
