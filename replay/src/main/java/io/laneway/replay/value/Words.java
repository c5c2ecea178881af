package io.laneway.replay.value;

import io.laneway.replay.value.Spans.Span;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which value stands for which recorded one, wherever that is a whole word; the eldest are forgotten. Confined to one thread. */
final class Words {

    private static final int MOST = 256;

    private final Map<String, String> values = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    };

    /** Remembers what stands for a recorded value that is not empty. */
    void put(String recorded, String now) {
        values.remove(recorded);
        values.put(recorded, now);
    }

    /** Forgets what stands for a recorded value. */
    void remove(String recorded) {
        values.remove(recorded);
    }

    /** Whether something stands for a recorded value. */
    boolean has(String recorded) {
        return values.containsKey(recorded);
    }

    /** The text with new values in place of recorded ones; null if it has none of these. */
    @Nullable
    String swapped(String text) {
        for (int from = 0; from < text.length(); from++) {
            if (word(text, from) && startingAt(text, from) != null) {
                return replace(text, new Spans());
            }
        }
        return null;
    }

    /** The text with new values in place of recorded ones, but for the spans, which get their own text. */
    String replace(String text, Spans spans) {
        if (values.isEmpty() && spans.isEmpty()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        while (from < text.length()) {
            Span span = spans.at(from);
            String found = span == null && word(text, from) ? startingAt(text, from) : null;
            if (span != null) {
                out.append(span.text());
                from = span.end();
            } else if (found != null) {
                out.append(values.get(found));
                from += found.length();
            } else {
                out.append(text.charAt(from++));
            }
        }
        return out.toString();
    }

    /** The longest recorded value that is a whole word from there. */
    private @Nullable String startingAt(String text, int from) {
        String longest = null;
        for (String value : values.keySet()) {
            if ((longest == null || value.length() > longest.length()) && startsWith(text, from, value)) {
                longest = value;
            }
        }
        return longest;
    }

    /** Whether a value that is not empty is a whole word of the text. */
    static boolean within(String text, String value) {
        int from = text.indexOf(value);
        while (from >= 0) {
            if (word(text, from) && startsWith(text, from, value)) {
                return true;
            }
            from = text.indexOf(value, from + 1);
        }
        return false;
    }

    private static boolean startsWith(String text, int from, String value) {
        int end = from + value.length();
        return text.startsWith(value, from) && (end == text.length() || !part(text.charAt(end)));
    }

    private static boolean word(String text, int from) {
        return from == 0 || !part(text.charAt(from - 1));
    }

    private static boolean part(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-';
    }
}
