package io.laneway.replay.text;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986, 2.1), lenient: what is no escape stays. Stateless. */
public final class Percent {

    private Percent() {}

    /** Whether there may be an escape in it. */
    public static boolean isIn(String text) {
        int at = text.indexOf('%');
        return at >= 0 && at + 2 < text.length();
    }

    /** The text without escapes; with {@code plus}, a plus is a blank. */
    public static String decode(String text, boolean plus) {
        if (text.indexOf('%') < 0 && !(plus && text.indexOf('+') >= 0)) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int value = c == '%' && at + 2 < text.length() ? hex(text, at) : -1;
            if (value >= 0) {
                bytes.write(value);
                at += 3;
            } else {
                int end = Character.isHighSurrogate(c) && at + 1 < text.length() ? at + 2 : at + 1;
                String plain = plus && c == '+' ? " " : text.substring(at, end);
                bytes.writeBytes(plain.getBytes(StandardCharsets.UTF_8));
                at = end;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int hex(String text, int at) {
        int high = Character.digit(text.charAt(at + 1), 16);
        int low = Character.digit(text.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    /** The text with an escape for all that is not unreserved. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
