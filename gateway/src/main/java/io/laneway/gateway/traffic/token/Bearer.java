package io.laneway.gateway.traffic.token;

import io.laneway.router.text.Slice;

/** Finds the token in an {@code Authorization} value (RFC 6750 section 2.1). Stateless. */
final class Bearer {

    private static final String SCHEME = "bearer";

    private Bearer() {}

    /** Whether a value is of this scheme, in any case. */
    static boolean is(Slice value) {
        if (value.length() < SCHEME.length()) {
            return false;
        }
        for (int i = 0; i < SCHEME.length(); i++) {
            if ((value.byteAt(i) | 0x20) != SCHEME.charAt(i)) {
                return false;
            }
        }
        return value.length() == SCHEME.length() || isBlank(value.byteAt(SCHEME.length()));
    }

    /** Points a value of this scheme at its token, which may be empty. */
    static void token(Slice value) {
        int from = SCHEME.length();
        while (from < value.length() && value.byteAt(from) == ' ') {
            from++;
        }
        value.set(value.array(), value.offset() + from, value.length() - from);
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }
}
