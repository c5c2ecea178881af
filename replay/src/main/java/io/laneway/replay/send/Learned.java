package io.laneway.replay.send;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.laneway.replay.form.Field;
import io.laneway.replay.form.Fields;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.form.Texts;
import io.laneway.replay.json.JsonTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which value of one client's replay stands for which recorded one: those that recorded and replayed response have in
 * the same place. Later requests send the new value wherever they have the recorded one as a whole word. Confined to one
 * thread.
 */
final class Learned {

    /** Values that are shorter are in too many places by chance. */
    private static final int SHORTEST = 6;

    private static final int MOST = 256;

    private final Map<String, String> values = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    };

    /** Learns from what was recorded and what came instead. */
    void learn(@Nullable RecordedResponse recorded, @Nullable RecordedResponse replayed) {
        if (recorded == null || replayed == null) {
            return;
        }
        fields(recorded.headers(), replayed.headers());
        Object before = json(recorded.body());
        Object after = json(replayed.body());
        if (before != null && after != null) {
            pair(before, after);
        }
    }

    private void fields(List<Field> recorded, List<Field> replayed) {
        for (Field field : recorded) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (name.equals("set-cookie")) {
                String cookie = field.value().substring(0, field.value().indexOf('=') + 1);
                String after = cookie.isEmpty() ? null : cookie(replayed, cookie);
                value(end(field.value(), cookie), after);
            } else if (name.equals("location")) {
                segments(field.value(), Fields.first(replayed, name));
            } else if (!name.equals("date") && !name.startsWith("x-laneway-") && !name.equals("content-type")) {
                value(field.value(), Fields.first(replayed, name));
            }
        }
    }

    private static @Nullable String cookie(List<Field> fields, String start) {
        for (Field field : fields) {
            if (field.named("set-cookie") && field.value().startsWith(start)) {
                return end(field.value(), start);
            }
        }
        return null;
    }

    private static String end(String cookie, String start) {
        int semicolon = cookie.indexOf(';');
        return cookie.substring(start.length(), semicolon < start.length() ? cookie.length() : semicolon)
                .strip();
    }

    private void segments(String recorded, @Nullable String replayed) {
        String[] before = recorded.split("[/?&=#]", -1);
        String[] after = replayed == null ? new String[0] : replayed.split("[/?&=#]", -1);
        for (int i = 0; before.length == after.length && i < before.length; i++) {
            value(before[i], after[i]);
        }
    }

    private void pair(Object recorded, @Nullable Object replayed) {
        if (recorded instanceof Map<?, ?> before && replayed instanceof Map<?, ?> after) {
            before.forEach((name, value) -> {
                if (value != null) {
                    pair(value, after.get(name));
                }
            });
        } else if (recorded instanceof List<?> before && replayed instanceof List<?> after) {
            for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
                Object item = before.get(i);
                if (item != null) {
                    pair(item, after.get(i));
                }
            }
        } else if (scalar(recorded) && scalar(replayed)) {
            value(recorded.toString(), String.valueOf(replayed));
        }
    }

    private static boolean scalar(@Nullable Object value) {
        return value instanceof String || value instanceof Number;
    }

    private void value(String recorded, @Nullable String replayed) {
        if (replayed != null && !replayed.isEmpty() && recorded.length() >= SHORTEST) {
            values.remove(recorded);
            if (!recorded.equals(replayed)) {
                values.put(recorded, replayed);
            }
        }
    }

    /** The text with new values in place of recorded ones. */
    String replace(String text) {
        if (values.isEmpty()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        while (from < text.length()) {
            String found = word(text, from) ? startingAt(text, from) : null;
            if (found == null) {
                out.append(text.charAt(from++));
            } else {
                out.append(values.get(found));
                from += found.length();
            }
        }
        return out.toString();
    }

    /** The longest recorded value that is a whole word from there. */
    private @Nullable String startingAt(String text, int from) {
        String longest = null;
        for (String value : values.keySet()) {
            int end = from + value.length();
            if ((longest == null || value.length() > longest.length())
                    && text.startsWith(value, from)
                    && (end == text.length() || !part(text.charAt(end)))) {
                longest = value;
            }
        }
        return longest;
    }

    private static boolean word(String text, int from) {
        return from == 0 || !part(text.charAt(from - 1));
    }

    private static boolean part(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-';
    }

    /** The body with new values where it is text; the lengths within binary bodies would no longer hold. */
    byte[] replace(List<Field> headers, byte[] body) {
        String type = Fields.first(headers, "content-type");
        boolean grpc = type != null && type.startsWith("application/grpc");
        String text = values.isEmpty() || body.length == 0 || grpc ? null : Texts.utf8(body);
        return text == null ? body : replace(text).getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable Object json(RecordedBody body) {
        byte[] bytes = body.bytes();
        if (body.cut() || bytes.length == 0 || (bytes[0] != '{' && bytes[0] != '[')) {
            return null;
        }
        try {
            return JsonTree.parse(bytes, 0, bytes.length);
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
