package io.laneway.control.guard;

/**
 * How much the requests so far speak for "the environment is worse", as an e-value: where it is not worse, the chance
 * that this <em>ever</em> reaches 1/p is at most p, however often one looks (Ville's inequality). A p-value of one look
 * has no such bound, and a guard looks thousands of times in a plan's life.
 *
 * <p>The test is the exact E-variable for two proportions in blocks of Turner, Ly and Grünwald, "Generic E-variables for
 * exact sequential k-sample tests that allow for optional stopping" (Journal of Statistical Planning and Inference 230,
 * 2024), one-sided: a block of {@code n} and {@code m} requests with {@code k} and {@code l} bad ones multiplies the
 * e-value of an alternative (a, b), a &lt; b, by its likelihood over that of both having (n·b + m·a)/(n + m). The
 * alternatives are a fixed grid, mixed evenly. Since an environment may turn bad late, new bets begin all the time:
 * half of the stake at once, the rest with 1/(1 + t), t in windows; stakes that are not yet placed count as they are.
 * Confined to one thread.
 */
final class Evidence {

    private static final double[] BASE = {1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.02, 0.035, 0.06, 0.1, 0.2, 0.4, 0.7};

    /** Log odds by which an alternative is worse. */
    private static final double[] WORSE = {0.4, 0.8, 1.5, 3, 5, 8};

    private static final double FIRST = 0.5;
    private static final double LEAST = 1e-5;
    private static final double MOST = 1 - 1e-9;

    /** Logarithms of what each alternative's bets are worth. */
    private final double[] worth = new double[BASE.length * WORSE.length];

    private double cash = 1;

    Evidence() {
        java.util.Arrays.fill(worth, Double.NEGATIVE_INFINITY);
    }

    /** Some requests and how many of them were bad. Immutable. */
    record Counts(long all, long bad) {
        Counts {
            all = Math.max(0, all);
            bad = Math.min(all, Math.max(0, bad));
        }
    }

    /** Takes requests of the environment, and those of base from the same time, {@code windows} after the beginning. */
    void add(Counts environment, Counts base, double windows) {
        bet(windows);
        long all = environment.all() + base.all();
        for (int i = 0; i < worth.length; i++) {
            double a = BASE[i / WORSE.length];
            double b = moved(a, WORSE[i % WORSE.length]);
            double same = (environment.all() * b + base.all() * a) / all;
            worth[i] += ratio(environment, b, same) + ratio(base, a, same);
        }
    }

    /** Takes requests of the environment where the share of bad ones may be that much. */
    void add(Counts environment, double allowed, double windows) {
        bet(windows);
        double same = Math.min(MOST, Math.max(LEAST, allowed));
        for (int i = 0; i < worth.length; i++) {
            worth[i] += ratio(environment, moved(same, WORSE[i % WORSE.length]), same);
        }
    }

    /** Places what is due of the stake before the block is looked at. */
    private void bet(double windows) {
        double left = FIRST / (1 + Math.max(0, windows));
        double stake = Math.log(Math.max(0, cash - left) / worth.length);
        cash = Math.min(cash, left);
        for (int i = 0; i < worth.length; i++) {
            worth[i] = sum(worth[i], stake);
        }
    }

    private static double sum(double x, double y) {
        double larger = Math.max(x, y);
        return larger == Double.NEGATIVE_INFINITY ? larger : larger + Math.log1p(Math.exp(Math.min(x, y) - larger));
    }

    private static double moved(double share, double logOdds) {
        double odds = share / (1 - share) * Math.exp(logOdds);
        return Math.min(MOST, odds / (1 + odds));
    }

    private static double ratio(Counts counts, double wanted, double same) {
        return counts.bad() * Math.log(wanted / same)
                + (counts.all() - counts.bad()) * (Math.log1p(-wanted) - Math.log1p(-same));
    }

    /** The e-value; 1 says nothing. */
    double value() {
        double value = cash;
        for (double one : worth) {
            value += Math.exp(one);
        }
        return value;
    }

    /** A bound of the chance to see this much where the environment is not worse. */
    double p() {
        return Math.min(1, 1 / value());
    }
}
