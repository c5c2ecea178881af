package io.laneway.replay.value;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.laneway.replay.form.Field;
import io.laneway.replay.form.Fields;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.json.JsonTree;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The values that two responses have in the same places: cookies, headers, segments of {@code Location}, JSON. Stateless. */
final class ValuePairs {

    /** Values that are shorter are in too many places by chance. */
    private static final int SHORTEST = 6;

    /** What is between the segments and parameters of an address. */
    private static final Pattern SEPARATOR = Pattern.compile("[/?&=#]");

    private final Taker taker;

    private ValuePairs(Taker taker) {
        this.taker = taker;
    }

    /** Takes the values of one place. */
    interface Taker {
        /** Neither is empty. */
        void take(String recorded, String replayed);
    }

    /** Gives all pairs of headers and, where both are JSON, of bodies. */
    static void each(RecordedResponse recorded, RecordedResponse replayed, Taker taker) {
        headers(recorded, replayed, taker);
        Object before = json(recorded.body());
        Object after = json(replayed.body());
        if (before != null && after != null) {
            new ValuePairs(taker).pair(before, after);
        }
    }

    /** Gives all pairs of headers. */
    static void headers(RecordedResponse recorded, RecordedResponse replayed, Taker taker) {
        new ValuePairs(taker).fields(recorded.headers(), replayed.headers());
    }

    private void fields(List<Field> recorded, List<Field> replayed) {
        for (Field field : recorded) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (name.equals("set-cookie")) {
                String cookie = Cookies.name(field.value());
                value(Cookies.value(field.value()), cookie.isEmpty() ? null : Cookies.set(replayed, cookie));
            } else if (name.equals("location")) {
                segments(field.value(), Fields.first(replayed, name));
            } else if (!name.equals("date") && !name.startsWith("x-laneway-") && !name.equals("content-type")) {
                value(field.value(), Fields.first(replayed, name));
            }
        }
    }

    private void segments(String recorded, @Nullable String replayed) {
        String[] before = SEPARATOR.split(recorded, -1);
        String[] after = replayed == null ? new String[0] : SEPARATOR.split(replayed, -1);
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
            taker.take(recorded, replayed);
        }
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
