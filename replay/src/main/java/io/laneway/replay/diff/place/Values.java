package io.laneway.replay.diff.place;

import org.jspecify.annotations.Nullable;

/** Three values as texts, cut where they are long. Immutable. */
public record Values(String base, String again, String lane) {

    private static final int MAX = 120;

    /** What three values are, for reports. */
    public static Values of(@Nullable Object base, @Nullable Object again, @Nullable Object lane) {
        return new Values(text(base), text(again), text(lane));
    }

    private static String text(@Nullable Object value) {
        String text = value instanceof String string ? '"' + string + '"' : String.valueOf(value);
        return text.length() <= MAX ? text : text.substring(0, MAX) + "… (" + text.length() + " characters)";
    }

    int count(String value) {
        return (base.equals(value) ? 1 : 0) + (again.equals(value) ? 1 : 0) + (lane.equals(value) ? 1 : 0);
    }

    Example example(RequestLine line) {
        return new Example(line, base, again, lane);
    }
}
