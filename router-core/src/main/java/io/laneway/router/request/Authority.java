package io.laneway.router.request;

import io.laneway.router.text.Slice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Takes {@code host[:port]} apart (RFC 9110 section 7.2). Stateless; never throws, whatever the bytes. */
public final class Authority {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = ONES << 7;
    private static final long COLONS = ONES * ':';
    private static final long BRACKETS = ONES * '[';
    private static final int MAX_PORT = 65_535;

    private Authority() {}

    /** Points {@code into} at the host, without port and without a dot at its end. */
    public static void host(Slice authority, Slice into) {
        int end = hostEnd(authority);
        if (end > 1 && authority.byteAt(end - 1) == '.') {
            end--;
        }
        into.set(authority.array(), authority.offset(), end);
    }

    /** The port, or 0 where there is none. */
    public static int port(Slice authority) {
        int port = 0;
        for (int i = hostEnd(authority) + 1; i < authority.length(); i++) {
            int digit = authority.byteAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            port = port * 10 + digit;
            if (port > MAX_PORT) {
                return 0;
            }
        }
        return port;
    }

    /** The first colon outside brackets, or the end. Most authorities have neither, so eight bytes are looked at a step. */
    private static int hostEnd(Slice authority) {
        byte[] array = authority.array();
        int offset = authority.offset();
        int length = authority.length();
        int last = length - Long.BYTES;
        if (last < 0) {
            return hostEnd(array, offset, 0, length);
        }
        for (int i = 0; i < last; i += Long.BYTES) {
            if (marked((long) LONG.get(array, offset + i))) {
                return hostEnd(array, offset, i, length);
            }
        }
        return marked((long) LONG.get(array, offset + last)) ? hostEnd(array, offset, 0, length) : length;
    }

    /** Whether a colon or an opening bracket may be among eight bytes; wrong at most in saying yes. */
    private static boolean marked(long eight) {
        long colons = eight ^ COLONS;
        long brackets = eight ^ BRACKETS;
        return ((((colons - ONES) & ~colons) | ((brackets - ONES) & ~brackets)) & HIGH_BITS) != 0;
    }

    private static int hostEnd(byte[] array, int offset, int from, int length) {
        boolean bracket = false;
        for (int i = from; i < length; i++) {
            byte c = array[offset + i];
            if (c == '[') {
                bracket = true;
            } else if (c == ']') {
                bracket = false;
            } else if (c == ':' && !bracket) {
                return i;
            }
        }
        return length;
    }
}
