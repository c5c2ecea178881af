package io.laneway.replay.diff.place;

/** Three numbers, or times in milliseconds, by how far they are from each other. Immutable. */
public record Distances(double base, double again, double of) {

    double bases() {
        return Math.abs(base - again);
    }

    /** How far the lane is from the nearer one of base's. */
    double lane() {
        return Math.min(Math.abs(base - of), Math.abs(again - of));
    }

    double baseRatio() {
        return ratio(base, again);
    }

    double laneRatio() {
        return Math.min(ratio(base, of), ratio(again, of));
    }

    Odd odd() {
        return Odd.of(bases(), Math.abs(base - of), Math.abs(again - of));
    }

    private static double ratio(double one, double other) {
        return one == other ? 0 : one * other <= 0 ? Double.POSITIVE_INFINITY : Math.abs(Math.log(one / other));
    }
}
