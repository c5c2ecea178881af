package io.laneway.replay.value;

import io.laneway.replay.text.Glob;
import io.laneway.replay.text.Percent;
import org.jspecify.annotations.Nullable;

/** A path with a segment that is a value, such as <code>/orders/{value}/lines</code>; {@code *} is any text. Immutable. */
record PathTemplate(Glob before, Glob after) {

    private static final String VALUE = "{value}";

    static PathTemplate parse(String text) {
        int at = text.indexOf("/" + VALUE);
        int end = at + 1 + VALUE.length();
        if (at < 0 || (end < text.length() && text.charAt(end) != '/' && text.charAt(end) != '*')) {
            throw new IllegalArgumentException(
                    "path: " + text + " (expected: one with a segment {value}, such as /orders/{value}/lines)");
        }
        return new PathTemplate(Glob.of(text.substring(0, at + 1)), Glob.of(text.substring(end)));
    }

    /** The first segment that is the value, without escapes; null if none is. */
    @Nullable
    String of(String path) {
        int[] segment = segment(path);
        return segment == null ? null : Percent.decode(path.substring(segment[0], segment[1]), false);
    }

    /** Puts another value into a path. */
    void put(String path, Swap swap, Spans spans) {
        int[] segment = segment(path);
        String now = segment == null ? null : swap.of(Percent.decode(path.substring(segment[0], segment[1]), false));
        if (segment != null && now != null) {
            spans.add(segment[0], segment[1], Percent.encode(now));
        }
    }

    private int @Nullable [] segment(String path) {
        int start = path.indexOf('/') + 1;
        while (start > 0 && start < path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            if (end > start && before.matches(path.substring(0, start)) && after.matches(path.substring(end))) {
                return new int[] {start, end};
            }
            start = slash + 1;
        }
        return null;
    }
}
