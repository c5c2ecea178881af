package io.laneway.replay.diff.rules;

/**
 * By how much values may differ. Immutable.
 *
 * @param number that is allowed
 * @param share of the number that is allowed, 0.01 for 1 %; 0 for none
 * @param millis that a time may be away
 */
public record Tolerance(double number, double share, double millis) {

    /** Nothing beyond what base shows itself. */
    public static final Tolerance NONE = new Tolerance(0, 0, 0);

    public Tolerance {
        if (!(number >= 0) || !(share >= 0) || !(millis >= 0)) {
            throw new IllegalArgumentException(
                    "tolerance: " + number + ", " + share + ", " + millis + " (expected: >= 0)");
        }
    }
}
