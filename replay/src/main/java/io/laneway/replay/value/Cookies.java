package io.laneway.replay.value;

import io.laneway.replay.form.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cookies as responses set them and requests have them (RFC 6265, 4). Stateless. */
final class Cookies {

    private Cookies() {}

    /** The name of what a field {@code Set-Cookie} sets; empty if it has none. */
    static String name(String field) {
        int equals = field.indexOf('=');
        return equals < 0 ? "" : field.substring(0, equals).strip();
    }

    /** The value of what a field {@code Set-Cookie} sets, without quotes around it. */
    static String value(String field) {
        int semicolon = field.indexOf(';');
        String pair = semicolon < 0 ? field : field.substring(0, semicolon);
        String value = pair.substring(pair.indexOf('=') + 1).strip();
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** The value of the cookie that these fields set; null if they do not. */
    static @Nullable String set(List<Field> fields, String name) {
        for (Field field : fields) {
            if (field.named("set-cookie") && name(field.value()).equals(name)) {
                return value(field.value());
            }
        }
        return null;
    }

    /** Puts another value for a cookie into a field {@code Cookie}; quotes around it stay. */
    static void put(String field, String name, Swap swap, Spans spans) {
        int from = 0;
        while (from < field.length()) {
            int semicolon = field.indexOf(';', from);
            int end = semicolon < 0 ? field.length() : semicolon;
            int equals = field.indexOf('=', from);
            if (equals >= 0
                    && equals < end
                    && field.substring(from, equals).strip().equals(name)) {
                value(field, equals + 1, end, swap, spans);
            }
            from = end + 1;
        }
    }

    private static void value(String field, int from, int to, Swap swap, Spans spans) {
        int start = from;
        int end = to;
        while (end > start && field.charAt(end - 1) == ' ') {
            end--;
        }
        if (end - start > 1 && field.charAt(start) == '"' && field.charAt(end - 1) == '"') {
            start++;
            end--;
        }
        String now = swap.of(field.substring(start, end));
        if (now != null) {
            spans.add(start, end, now);
        }
    }
}
