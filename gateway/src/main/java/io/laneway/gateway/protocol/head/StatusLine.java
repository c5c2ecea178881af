package io.laneway.gateway.protocol.head;

import org.jspecify.annotations.Nullable;

/** HTTP/1.1 status lines by code, with CRLF (RFC 9112 section 4). Immutable. */
public final class StatusLine {

    private static final int CODES = 1000;
    private static final @Nullable String[] LINES = new @Nullable String[CODES];

    static {
        for (int code = 100; code < CODES; code++) {
            LINES[code] = "HTTP/1.1 " + code + " " + ReasonPhrase.of(code) + "\r\n";
        }
    }

    private StatusLine() {}

    /** The line of a code from 100 to 999. */
    public static String of(int code) {
        String line = LINES[code];
        if (line == null) {
            throw new IllegalArgumentException("status: " + code + " (expected: 100 to 999)");
        }
        return line;
    }
}
