package io.laneway.router.unit;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The form of durations in documents: a whole number and a unit, such as {@code 500ms}, {@code 5s}, {@code 15m}, {@code 6d}. */
public final class Durations {

    private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s*(ms|s|m|h|d)");

    /** As nanoseconds it is still a {@code long}, which ends after 106751 days. */
    private static final long MAX_DAYS = 100_000;

    private static final long DAY_MS = 86_400_000;

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException if it has another form or is longer than 100000 days
     */
    public static Duration parse(String text) {
        Matcher form = FORM.matcher(text.trim());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "duration: " + text + " (expected: a number and ms, s, m, h or d, such as 500ms or 15m)");
        }
        long n = Long.parseLong(form.group(1));
        long unit = switch (form.group(2)) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> DAY_MS;
        };
        if (n > MAX_DAYS * DAY_MS / unit) {
            throw new IllegalArgumentException("duration: " + text + " (expected: at most " + MAX_DAYS + "d)");
        }
        return Duration.ofMillis(n * unit);
    }

    /** Writes a duration in the largest unit that is exact, down to milliseconds. */
    public static String format(Duration duration) {
        long ms = duration.toMillis();
        if (ms == 0) {
            return "0s";
        }
        long[] sizes = {86_400_000, 3_600_000, 60_000, 1_000};
        String[] units = {"d", "h", "m", "s"};
        for (int i = 0; i < sizes.length; i++) {
            if (ms % sizes[i] == 0) {
                return ms / sizes[i] + units[i];
            }
        }
        return ms + "ms";
    }
}
