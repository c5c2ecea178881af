package io.laneway.router.model.replay;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A distance between numbers, or a share of them. Immutable.
 *
 * @param text  as it was written
 * @param value 0.01, or for 2 % 0.02
 * @param share whether it is a share
 */
public record Amount(String text, double value, boolean share) {

    /** What is expected of one. */
    public static final String EXPECTED = "a number such as 0.01, or a percentage such as 1%";

    private static final Pattern FORM = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,15})?)(%?)");
    private static final double PERCENT = 100;

    /** Reads one; null if it is none. */
    public static @Nullable Amount parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        boolean share = !matcher.group(2).isEmpty();
        double number = Double.parseDouble(matcher.group(1));
        return new Amount(text, share ? number / PERCENT : number, share);
    }
}
