package io.laneway.replay.s3;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoding as Signature Version 4 wants it: all but the unreserved characters of RFC 3986. Stateless. */
final class UriText {

    private static final String UNRESERVED = "-._~";
    private static final String HEX = "0123456789ABCDEF";
    private static final int NIBBLE = 4;
    private static final int LOW = 0xF;

    private UriText() {}

    /** A value of a query. */
    static String value(String text) {
        return encode(text, false);
    }

    /** A key in a path, whose slashes stay. */
    static String path(String key) {
        return encode(key, true);
    }

    static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String encode(String text, boolean slashes) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xFF);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
            if (plain || (slashes && c == '/')) {
                out.append(c);
            } else {
                out.append('%').append(HEX.charAt(c >> NIBBLE)).append(HEX.charAt(c & LOW));
            }
        }
        return out.toString();
    }
}
