package io.laneway.router.decision;

import io.laneway.router.request.Authority;
import io.laneway.router.text.Slice;

/** Reads {@code Origin} lines, {@code scheme://host[:port]} (RFC 6454 section 7). Stateless. */
public final class Origins {

    /** What is said to have named the lane. */
    static final String WORD = "origin";

    private Origins() {}

    /** Points {@code into} at the host of an origin, without its port; false for those without one, such as {@code null}. */
    public static boolean host(Slice origin, Slice into) {
        for (int i = 0; i + 2 < origin.length(); i++) {
            if (origin.byteAt(i) == ':' && origin.byteAt(i + 1) == '/' && origin.byteAt(i + 2) == '/') {
                into.set(origin.array(), origin.offset() + i + 3, origin.length() - i - 3);
                Authority.host(into, into);
                return into.length() > 0;
            }
        }
        return false;
    }
}
