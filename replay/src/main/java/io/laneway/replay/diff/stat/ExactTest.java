package io.laneway.replay.diff.stat;

/**
 * The exact test of "the lane is a third base". If it is, the three responses to a request may be exchanged: where one
 * of three values is odd it is the lane's with a chance of 1/3, and where two of three are equal the lane has one of
 * these with a chance of 2/3. Requests are strata, so nothing is assumed of how often a value occurs (the conditional
 * test of Cochran, Mantel and Haenszel; McNemar's test with three columns). Stateless.
 */
public final class ExactTest {

    private static final double THIRD = 1 / 3.0;

    private ExactTest() {}

    /**
     * The chance of so many hits or more.
     *
     * @param once requests in which a hit has a chance of 1/3
     * @param twice requests in which a hit has a chance of 2/3
     */
    public static double atLeast(int hits, int once, int twice) {
        if (hits <= 0) {
            return 1;
        }
        if (hits > once + twice) {
            return 0;
        }
        double[] first = binomial(once, THIRD);
        double[] tail = tail(binomial(twice, 1 - THIRD));
        double sum = 0;
        for (int i = 0; i <= once; i++) {
            int rest = hits - i;
            sum += rest > twice ? 0 : first[i] * (rest <= 0 ? 1 : tail[rest]);
        }
        return Math.min(1, sum);
    }

    private static double[] tail(double[] chances) {
        double[] tail = chances.clone();
        for (int i = tail.length - 2; i >= 0; i--) {
            tail[i] += tail[i + 1];
        }
        return tail;
    }

    /** The chances of 0 to n hits; by logarithms, since those of the ends are less than a double holds. */
    private static double[] binomial(int n, double p) {
        double[] chances = new double[n + 1];
        double log = n * Math.log1p(-p);
        double odds = Math.log(p) - Math.log1p(-p);
        for (int i = 0; i <= n; i++) {
            chances[i] = Math.exp(log);
            log += odds + Math.log(n - i) - Math.log(i + 1.0);
        }
        return chances;
    }
}
