package io.laneway.replay.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of a document, by the part of RFC 9535 that names them: members by name, items by number or all of them, and
 * {@code ..} for any depth. Immutable.
 */
public record JsonPath(List<Step> steps) {

    /** One step; a name of null is any member or item, {@code deep} any number of steps before it. */
    public record Step(@Nullable String name, boolean deep) {

        boolean takes(String key) {
            return name == null || name.equals(key);
        }
    }

    /** Of more steps no set fits into a long. */
    private static final int MOST_STEPS = 62;

    public JsonPath {
        steps = List.copyOf(steps);
    }

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static JsonPath parse(String text) {
        if (!text.startsWith("$") || text.length() < 2) {
            throw wrong(text);
        }
        List<Step> steps = new ArrayList<>();
        int at = 1;
        while (at < text.length()) {
            boolean deep = text.startsWith("..", at);
            at += deep ? 2 : text.charAt(at) == '.' ? 1 : 0;
            int end = at < text.length() && text.charAt(at) == '[' ? bracket(text, at) : name(text, at);
            if (end <= at) {
                throw wrong(text);
            }
            steps.add(new Step(key(text.substring(at, end)), deep));
            at = end;
        }
        if (steps.size() > MOST_STEPS) {
            throw new IllegalArgumentException(
                    "json: " + steps.size() + " steps (expected: at most " + MOST_STEPS + ")");
        }
        return new JsonPath(steps);
    }

    private static int name(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
            end++;
        }
        boolean begun = from > 1 && text.charAt(from - 1) == '.';
        return begun ? end : from;
    }

    private static int bracket(String text, int from) {
        char quote = from + 1 < text.length() ? text.charAt(from + 1) : ' ';
        int end = quote == '\'' || quote == '"' ? text.indexOf(quote + "]", from + 2) + 1 : text.indexOf(']', from);
        return end <= from + 1 ? -1 : end + 1;
    }

    private static @Nullable String key(String step) {
        boolean bracket = step.startsWith("[");
        String key = bracket ? step.substring(1, step.length() - 1) : step;
        if (key.equals("*")) {
            return null;
        }
        boolean quoted = bracket && (key.startsWith("'") || key.startsWith("\""));
        return quoted ? key.substring(1, key.length() - 1) : key;
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "json: " + text + " (expected: a path such as $.user.ssn, $..card or $.items[*].iban)");
    }

    /** Whether the value at these keys, or one that it lies in, is named. */
    public boolean takes(List<String> keys) {
        return isNamed(reached(keys, true));
    }

    /** Whether the value at these keys itself is named. */
    public boolean names(List<String> keys) {
        return isNamed(reached(keys, false));
    }

    private long reached(List<String> keys, boolean below) {
        long reached = start();
        for (String key : keys) {
            reached = below ? below(reached, key) : next(reached, key);
        }
        return reached;
    }

    /** What is reached at the document itself: a set of steps, for {@link #below}. */
    public long start() {
        return 1;
    }

    /** What is reached one key below, where what lies in a named value is named. */
    public long below(long reached, String key) {
        return next(reached, key) | (reached & named());
    }

    /** Whether that is a named value. */
    public boolean isNamed(long reached) {
        return (reached & named()) != 0;
    }

    private long named() {
        return 1L << steps.size();
    }

    private long next(long reached, String key) {
        long next = 0;
        for (int i = 0; i < steps.size(); i++) {
            if ((reached & (1L << i)) != 0) {
                Step step = steps.get(i);
                next |= step.takes(key) ? 1L << (i + 1) : 0;
                next |= step.deep() ? 1L << i : 0;
            }
        }
        return next;
    }
}
