package io.laneway.replay.diff.place;

import java.util.Arrays;

/**
 * Distances of numbers or times at one place, one for each request. The first {@value #MAX} are kept. Confined to one
 * thread.
 */
public final class Samples {

    static final int MAX = 20_000;

    /** Of the requests whose odd one is the lane: how far it is away, and by which ratio. */
    private double[] far = new double[4];

    private double[] ratios = new double[4];
    private int lanes;
    private int all;
    private int varying;
    private double base;
    private double ratio;
    private int ups;
    private int downs;
    private double lowest = Double.NaN;
    private double highest = Double.NaN;

    void add(Distances it, boolean lane) {
        all++;
        varying += it.bases() > 0 ? 1 : 0;
        base = Math.max(base, it.bases());
        ratio = Math.max(ratio, it.baseRatio());
        double low = Math.min(it.base(), it.again());
        double high = Math.max(it.base(), it.again());
        ups += low > highest ? 1 : 0;
        downs += high < lowest ? 1 : 0;
        lowest = low;
        highest = high;
        if (lane && lanes < MAX) {
            if (lanes == far.length) {
                far = Arrays.copyOf(far, 2 * lanes);
                ratios = Arrays.copyOf(ratios, 2 * lanes);
            }
            ratios[lanes] = it.laneRatio();
            far[lanes++] = it.lane();
        }
    }

    /** How far base is from itself at most. */
    public double base() {
        return base;
    }

    /**
     * Whether base always differs from itself and its values only rise or only fall: a counter, whose distance to a
     * lane's counter says nothing.
     */
    public boolean isCounter() {
        return varying == all && (all < 3 || Math.max(ups, downs) >= 0.8 * (all - 1));
    }

    /**
     * How many requests have the lane as the odd one and beyond what base shows and what is given.
     *
     * @param distance that is allowed
     * @param share of the value that is allowed
     * @param factor of base's own distance that is allowed
     */
    public int beyond(double distance, double share, double factor) {
        double limit = Math.max(distance, base * factor);
        double log = ratio * factor;
        double given = Math.log1p(share);
        int count = 0;
        for (int i = 0; i < lanes; i++) {
            boolean learnt = far[i] > limit || (base > 0 && far[i] > distance && ratios[i] > log);
            count += learnt && (share == 0 || ratios[i] > given) ? 1 : 0;
        }
        return count;
    }
}
