package io.laneway.replay.redact;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** The inside of a JSON text (RFC 8259, 7), lenient with what is cut or wrong. Stateless. */
final class JsonText {

    private static final int HEX_DIGITS = 4;

    private JsonText() {}

    static String escape(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    static String unescape(String raw) {
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        StringBuilder text = new StringBuilder(raw.length());
        int at = 0;
        while (at < raw.length()) {
            char c = raw.charAt(at);
            at++;
            if (c != '\\' || at == raw.length()) {
                text.append(c);
                continue;
            }
            char escape = raw.charAt(at);
            at++;
            int code = escape == 'u' ? code(raw, at) : -1;
            text.append(code >= 0 ? (char) code : plain(escape));
            at += code >= 0 ? HEX_DIGITS : 0;
        }
        return text.toString();
    }

    private static char plain(char escape) {
        return switch (escape) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> escape;
        };
    }

    private static int code(String raw, int from) {
        if (from + HEX_DIGITS > raw.length()) {
            return -1;
        }
        int code = 0;
        for (int i = from; i < from + HEX_DIGITS; i++) {
            int digit = Character.digit(raw.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            code = code * 16 + digit;
        }
        return code;
    }
}
