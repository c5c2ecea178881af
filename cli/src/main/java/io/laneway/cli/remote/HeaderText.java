package io.laneway.cli.remote;

import java.nio.charset.StandardCharsets;

/**
 * Writes any text as the value of a header. Java's client sends ASCII only, so every other text becomes an extended value
 * (RFC 8187 section 3.2.1), which the control API reads in {@code X-Reason}. Stateless.
 */
final class HeaderText {

    private static final String CHARSET = "UTF-8''";

    private HeaderText() {}

    static String of(String text) {
        boolean plain = text.chars().allMatch(c -> c >= ' ' && c <= '~');
        return plain && !text.regionMatches(true, 0, CHARSET, 0, CHARSET.length() - 1) ? text : extended(text);
    }

    private static String extended(String text) {
        StringBuilder value = new StringBuilder(CHARSET);
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            boolean letter =
                    (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9');
            if (letter || each == '-' || each == '.' || each == '_') {
                value.append((char) each);
            } else {
                value.append(String.format("%%%02X", each & 0xff));
            }
        }
        return value.toString();
    }
}
