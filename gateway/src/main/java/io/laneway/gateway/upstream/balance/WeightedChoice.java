package io.laneway.gateway.upstream.balance;

import java.util.Arrays;

/** A fixed list of weights to choose places from, each as often as its weight says. Immutable. */
public final class WeightedChoice {

    /** Weights are scaled down so that their sum stays below it, and no sum or product overflows. */
    private static final long MAX_TOTAL = 1 << 24;

    private final int[] upTo;
    private final boolean even;
    private final int step;

    private WeightedChoice(int[] upTo, boolean even) {
        this.upTo = upTo;
        this.even = even;
        this.step = step(total());
    }

    /** @param weights each at least 1 */
    public static WeightedChoice of(int... weights) {
        long sum = 0;
        for (int weight : weights) {
            sum += weight;
        }
        boolean even = Arrays.stream(weights).distinct().count() <= 1;
        int[] upTo = new int[weights.length];
        int total = 0;
        for (int i = 0; i < weights.length; i++) {
            long scaled = sum <= MAX_TOTAL ? weights[i] : Math.max(1, weights[i] * MAX_TOTAL / sum);
            total += even ? 1 : (int) scaled;
            upTo[i] = total;
        }
        return new WeightedChoice(upTo, even);
    }

    /** How many places there are. */
    public int size() {
        return upTo.length;
    }

    /** The sum of all weights. */
    public int total() {
        return upTo.length == 0 ? 0 : upTo[upTo.length - 1];
    }

    /** The weight of a place, against {@link #total}. */
    public int weight(int place) {
        return place == 0 ? upTo[0] : upTo[place] - upTo[place - 1];
    }

    /** The place in whose share a point lies, {@code 0 <= point < total}. */
    public int at(int point) {
        if (even) {
            return point;
        }
        int found = Arrays.binarySearch(upTo, point + 1);
        return found >= 0 ? found : -found - 1;
    }

    /**
     * The place whose turn it is: within {@link #total} turns each place comes as often as its weight, and one place's
     * turns do not all come in a row.
     */
    public int turn(int turn) {
        int total = total();
        return at((int) ((long) Math.floorMod(turn, total) * step % total));
    }

    /** Near the golden section and without common divisor, so that turns jump about and yet meet every point once. */
    private static int step(int total) {
        int step = Math.max(1, (int) (total * 0.618));
        while (gcd(step, total) != 1) {
            step++;
        }
        return step;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
