package io.laneway.router.unit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written as a whole number and a unit, such as {@code 64KiB} or {@code 10MiB}. Immutable.
 *
 * @param bytes from 0 on
 */
public record ByteSize(long bytes) {

    /** 1 PiB. */
    private static final long MOST = 1L << 50;

    private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s*(B|KiB|MiB|GiB)");
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB"};

    public ByteSize {
        if (bytes < 0 || bytes > MOST) {
            throw new IllegalArgumentException("size: " + bytes + " bytes (expected: 0 to " + MOST + ")");
        }
    }

    /**
     * Reads a size.
     *
     * @throws IllegalArgumentException if it has another form or is too large
     */
    public static ByteSize parse(String text) {
        Matcher form = FORM.matcher(text.trim());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "size: " + text + " (expected: a number and B, KiB, MiB or GiB, such as 64KiB or 10MiB)");
        }
        long number = Long.parseLong(form.group(1));
        int unit = 0;
        while (!UNITS[unit].equals(form.group(2))) {
            unit++;
        }
        if (number > MOST >> (10 * unit)) {
            throw new IllegalArgumentException("size: " + text + " (expected: at most 1048576GiB)");
        }
        return new ByteSize(number << (10 * unit));
    }

    /** In the largest unit that is exact. */
    @Override
    public String toString() {
        int unit = 0;
        while (bytes > 0 && unit < UNITS.length - 1 && bytes % (1L << (10 * (unit + 1))) == 0) {
            unit++;
        }
        return (bytes >> (10 * unit)) + UNITS[unit];
    }
}
