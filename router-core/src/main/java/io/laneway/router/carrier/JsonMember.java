package io.laneway.router.carrier;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds one member of a JSON object (RFC 8259) without building a tree. Used for tokens of strangers, so it never
 * throws: behind what is not well formed there is no member, as far as commas and colons inside of nested values do not
 * matter. Confined to one thread.
 */
final class JsonMember {

    private static final Pattern WORD =
            Pattern.compile("true|false|null|-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");

    private final String json;
    private int at;

    private JsonMember(String json) {
        this.json = json;
    }

    /** The text of a top-level string, number or boolean member, or null. */
    static @Nullable String text(String json, String name) {
        return new JsonMember(json).find(name);
    }

    private @Nullable String find(String name) {
        if (next() != '{') {
            return null;
        }
        at++;
        while (next() == '"') {
            String key = string();
            if (key == null || next() != ':') {
                return null;
            }
            at++;
            if (key.equals(name)) {
                return value();
            }
            if (!skip() || next() != ',') {
                return null;
            }
            at++;
        }
        return null;
    }

    /** The next character after white space, not consumed; 0 at the end. */
    private char next() {
        while (at < json.length() && " \t\r\n".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
        return at < json.length() ? json.charAt(at) : 0;
    }

    private @Nullable String value() {
        char c = next();
        if (c == '"') {
            return string();
        }
        if (c == '{' || c == '[') {
            return null;
        }
        String word = word();
        return word.isEmpty() || word.equals("null") ? null : word;
    }

    /** A number, true, false or null; empty if it is none of them. */
    private String word() {
        int from = at;
        while (at < json.length() && ",}] \t\r\n".indexOf(json.charAt(at)) < 0) {
            at++;
        }
        String word = json.substring(from, at);
        return WORD.matcher(word).matches() ? word : "";
    }

    private @Nullable String string() {
        StringBuilder text = new StringBuilder();
        at++;
        while (at < json.length()) {
            char c = json.charAt(at++);
            if (c == '"') {
                return text.toString();
            }
            if (c == '\\' && !escape(text)) {
                return null;
            } else if (c != '\\') {
                text.append(c);
            }
        }
        return null;
    }

    private boolean escape(StringBuilder text) {
        if (at >= json.length()) {
            return false;
        }
        char c = json.charAt(at++);
        if (c != 'u') {
            int plain = "\"\\/bfnrt".indexOf(c);
            if (plain >= 0) {
                text.append("\"\\/\b\f\n\r\t".charAt(plain));
            }
            return plain >= 0;
        }
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < json.length() ? Character.digit(json.charAt(at++), 16) : -1;
            if (digit < 0) {
                return false;
            }
            code = code << 4 | digit;
        }
        text.append((char) code);
        return true;
    }

    /** Skips one value of any kind; nesting is counted, not recursed into. */
    private boolean skip() {
        int depth = 0;
        do {
            char c = next();
            if (c == 0) {
                return false;
            }
            if (c == '"') {
                if (string() == null) {
                    return false;
                }
            } else if (c == '{' || c == '[') {
                depth++;
                at++;
            } else if (c == '}' || c == ']') {
                depth--;
                at++;
            } else if (depth > 0 && (c == ',' || c == ':')) {
                at++;
            } else if (word().isEmpty()) {
                return false;
            }
        } while (depth > 0);
        return depth == 0;
    }
}
