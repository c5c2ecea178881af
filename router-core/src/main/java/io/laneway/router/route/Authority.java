package io.laneway.router.route;

import io.laneway.router.text.Slice;

/** Takes {@code host[:port]} apart (RFC 9110 section 7.2). Stateless; never throws, whatever the bytes. */
public final class Authority {

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

    /** The first colon outside brackets, or the end. */
    private static int hostEnd(Slice authority) {
        int length = authority.length();
        boolean bracket = false;
        for (int i = 0; i < length; i++) {
            byte c = authority.byteAt(i);
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
