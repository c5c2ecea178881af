package io.laneway.gateway.traffic.authorize;

import java.nio.charset.StandardCharsets;

/** Header names and values between an authorizer's text and the bytes of a head. Stateless. */
final class HeaderText {

    private static final String MARKS = "!#$%&'*+-.^_`|~";

    private HeaderText() {}

    /** Whether it can be the name of a field (RFC 9110 section 5.1). */
    static boolean isName(String name) {
        return !name.isEmpty()
                && name.chars()
                        .allMatch(c -> (c >= '0' && c <= '9')
                                || (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || MARKS.indexOf(c) >= 0);
    }

    /** Whether it ends no line and starts no other. */
    static boolean isValue(String value) {
        return value.chars().allMatch(c -> (c >= ' ' && c != 0x7F) || c == '\t');
    }

    /** The characters whose ISO-8859-1 bytes are the text's UTF-8. */
    static String octets(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
