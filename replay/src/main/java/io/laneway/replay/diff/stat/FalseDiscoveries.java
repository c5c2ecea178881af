package io.laneway.replay.diff.stat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Corrects chances for being many: the procedure of Benjamini and Hochberg (1995), whose share of false findings among
 * all is at most the level. Tests that could not reach the level whatever their result are not counted (Tarone 1990,
 * Gilbert 2005): most places of a response never differ. Stateless.
 */
public final class FalseDiscoveries {

    private FalseDiscoveries() {}

    /** The result of a test, with the least chance that it could have had. Immutable. */
    public record Result(double chance, double least) {}

    /** The smallest level at which each result is significant, in the order of the results; 1 where it cannot be. */
    public static double[] corrected(List<Result> results, double level) {
        double[] corrected = new double[results.size()];
        List<Integer> able = new ArrayList<>();
        for (int i = 0; i < corrected.length; i++) {
            corrected[i] = 1;
            if (results.get(i).least() <= level) {
                able.add(i);
            }
        }
        able.sort(Comparator.comparingDouble(i -> results.get(i).chance()));
        double least = 1;
        for (int rank = able.size(); rank > 0; rank--) {
            int i = able.get(rank - 1);
            least = Math.min(least, results.get(i).chance() * able.size() / rank);
            corrected[i] = least;
        }
        return corrected;
    }
}
