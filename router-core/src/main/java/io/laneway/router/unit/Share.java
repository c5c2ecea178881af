package io.laneway.router.unit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A share of tenants or requests, exact in slots: one slot is 0.01 %. Immutable.
 *
 * @param slots 0 to 10 000
 */
public record Share(int slots) {

    /** How many slots tenants and requests are spread over. */
    public static final int SLOTS = 10_000;

    /** No tenant. */
    public static final Share NONE = new Share(0);

    /** Everybody. */
    public static final Share ALL = new Share(SLOTS);

    private static final Pattern FORM = Pattern.compile("(\\d{1,3})(?:\\.(\\d{1,2}))?\\s*%");

    public Share {
        if (slots < 0 || slots > SLOTS) {
            throw new IllegalArgumentException("share: " + slots + " slots (expected: 0 to " + SLOTS + ")");
        }
    }

    /**
     * Reads a percentage with at most two decimals, such as {@code 20%} or {@code 12.5%}.
     *
     * @throws IllegalArgumentException if it has another form or is above 100 %
     */
    public static Share parse(String text) {
        Matcher form = FORM.matcher(text.trim());
        if (!form.matches()) {
            throw new IllegalArgumentException("share: " + text + " (expected: a percentage such as 20% or 12.5%)");
        }
        String decimals = form.group(2) == null ? "00" : (form.group(2) + "0").substring(0, 2);
        int slots = Integer.parseInt(form.group(1)) * 100 + Integer.parseInt(decimals);
        if (slots > SLOTS) {
            throw new IllegalArgumentException("share: " + text + " (expected: 0% to 100%)");
        }
        return new Share(slots);
    }

    /** The percentage, such as {@code 12.5%}. */
    @Override
    public String toString() {
        int whole = slots / 100;
        int decimals = slots % 100;
        if (decimals == 0) {
            return whole + "%";
        }
        return whole + "." + (decimals % 10 == 0 ? "" + decimals / 10 : (decimals < 10 ? "0" : "") + decimals) + "%";
    }
}
