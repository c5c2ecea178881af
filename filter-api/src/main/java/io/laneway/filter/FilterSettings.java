package io.laneway.filter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code settings} of a filter says. A key that the filter does not ask for is a problem, as everywhere in the file.
 * Confined to one thread. Its methods throw an {@link IllegalArgumentException} that names the key.
 */
public final class FilterSettings {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

    private final Map<String, Object> values;
    private final Set<String> asked = new TreeSet<>();

    private FilterSettings(Map<String, Object> values) {
        this.values = new LinkedHashMap<>(values);
    }

    /**
     * Such settings, for tests.
     *
     * @param values texts, whole numbers as {@link Long}, others as {@link Double}, booleans, lists and maps of these
     */
    public static FilterSettings of(Map<String, ?> values) {
        return new FilterSettings(new LinkedHashMap<>(values));
    }

    private @Nullable Object value(String key) {
        asked.add(key);
        return values.get(key);
    }

    /** Whether the key is there. */
    public boolean has(String key) {
        return value(key) != null;
    }

    /** A required text. */
    public String text(String key) {
        String text = optionalText(key);
        if (text == null) {
            throw wrong(key, "missing", "a text");
        }
        return text;
    }

    /** A text, or the fallback where absent. */
    public String text(String key, String fallback) {
        String text = optionalText(key);
        return text == null ? fallback : text;
    }

    /** A text, null where absent. */
    public @Nullable String optionalText(String key) {
        Object value = value(key);
        if (value instanceof Map || value instanceof List) {
            throw wrong(key, described(value), "a text");
        }
        return value == null ? null : value.toString();
    }

    /** A whole number in a range, both ends inclusive, or the fallback where absent. */
    public long number(String key, long min, long max, long fallback) {
        Object value = value(key);
        if (value == null) {
            return fallback;
        }
        if (!(value instanceof Long number) || number < min || number > max) {
            throw wrong(key, described(value), min + " to " + max);
        }
        return number;
    }

    /** A boolean, or the fallback where absent. */
    public boolean bool(String key, boolean fallback) {
        Object value = value(key);
        if (value != null && !(value instanceof Boolean)) {
            throw wrong(key, described(value), "true or false");
        }
        return value == null ? fallback : (Boolean) value;
    }

    /** A duration such as {@code 500ms}, or the fallback where absent. */
    public Duration duration(String key, Duration fallback) {
        String text = optionalText(key);
        if (text == null) {
            return fallback;
        }
        Matcher form = DURATION.matcher(text);
        if (!form.matches()) {
            throw wrong(key, text, "a number and ms, s, m, h or d, such as 500ms");
        }
        long n = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(n);
            case "s" -> Duration.ofSeconds(n);
            case "m" -> Duration.ofMinutes(n);
            case "h" -> Duration.ofHours(n);
            default -> Duration.ofDays(n);
        };
    }

    /** The texts of a list, empty where absent. */
    public List<String> texts(String key) {
        Object value = value(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw wrong(key, described(value), "a list of texts");
        }
        List<String> texts = new ArrayList<>();
        for (Object item : list) {
            if (item == null || item instanceof Map || item instanceof List) {
                throw wrong(key, described(item), "a list of texts");
            }
            texts.add(item.toString());
        }
        return List.copyOf(texts);
    }

    /** The value of a key as it is written: text, {@link Long}, {@link Double}, boolean, list or map; null where absent. */
    public @Nullable Object raw(String key) {
        return value(key);
    }

    /** The keys that are there and that were not asked for. */
    public Set<String> unknown() {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(asked);
        return unknown;
    }

    /** The keys that were asked for. */
    public Set<String> known() {
        return new TreeSet<>(asked);
    }

    private static String described(@Nullable Object value) {
        return value instanceof Map ? "a mapping" : value instanceof List ? "a list" : "'" + value + "'";
    }

    private static IllegalArgumentException wrong(String key, String what, String expected) {
        return new IllegalArgumentException(key + ": " + what + " (expected: " + expected + ")");
    }
}
