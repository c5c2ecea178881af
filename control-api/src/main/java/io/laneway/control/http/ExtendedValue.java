package io.laneway.control.http;

import io.laneway.control.table.Refusal;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads header values that hold any text: {@code UTF-8''%E4%BD%A0} (RFC 8187 section 3.2.1), since many clients send
 * nothing but ASCII in a header, or UTF-8 as it is. Stateless.
 */
final class ExtendedValue {

    private static final String CHARSET = "UTF-8'";

    private ExtendedValue() {}

    /** The text of a header whose bytes came as ISO-8859-1. */
    static String read(String name, String header) {
        int end = header.regionMatches(true, 0, CHARSET, 0, CHARSET.length())
                ? header.indexOf('\'', CHARSET.length())
                : -1;
        return end < 0 ? plain(header) : decoded(name, header.substring(end + 1));
    }

    private static String plain(String header) {
        String text = new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') >= 0 ? header : text;
    }

    private static String decoded(String name, String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '%') {
                bytes.write(c);
                continue;
            }
            int high = digit(value, i + 1);
            int low = digit(value, i + 2);
            if (high < 0 || low < 0) {
                throw malformed(name);
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed(name);
        }
    }

    private static int digit(String value, int at) {
        return at < value.length() ? Character.digit(value.charAt(at), 16) : -1;
    }

    private static Refusal malformed(String name) {
        return new Refusal(
                Refusal.Kind.MALFORMED,
                name + ": cannot be read (expected: UTF-8'' and percent-encoded UTF-8, RFC 8187)");
    }
}
