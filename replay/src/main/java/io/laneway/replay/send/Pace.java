package io.laneway.replay.send;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When requests are due: at multiples of the speed at which they were recorded, or at a fixed rate. Immutable.
 *
 * @param factor of the recorded speed; 0 for a fixed rate
 * @param perSecond requests per second; 0 for the recorded gaps
 */
public record Pace(double factor, double perSecond) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(x|/s)");
    private static final double SECOND = 1_000_000_000;

    public Pace {
        if (!(factor >= 0 && perSecond >= 0 && (factor > 0) != (perSecond > 0))) {
            throw new IllegalArgumentException(
                    "pace: " + factor + " x, " + perSecond + "/s (expected: one of them, > 0)");
        }
    }

    /** Reads {@code 1x}, {@code 0.5x} or {@code 200/s}. */
    public static Pace parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || Double.parseDouble(matcher.group(1)) <= 0) {
            throw new IllegalArgumentException(text + " (expected: 1x, 4x, 200/s)");
        }
        double number = Double.parseDouble(matcher.group(1));
        return matcher.group(2).equals("x") ? new Pace(number, 0) : new Pace(0, number);
    }

    /** Nanoseconds from the replay's start until a request is due. */
    long due(long sequence, Duration recorded) {
        return (long) (factor > 0 ? recorded.toNanos() / factor : sequence * SECOND / perSecond);
    }
}
