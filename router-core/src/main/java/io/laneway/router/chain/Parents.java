package io.laneway.router.chain;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the hop that each hop was made for: the one with its parent span; else by the count of gateways that it passed
 * and by time, the one that began last of those that had not ended when it began. Stateless.
 */
final class Parents {

    static final int NONE = -1;

    /** The order of hops of one request: what waited for others began first and took longer. */
    static final Comparator<Hop> ORDER = Comparator.comparing(Hop::start)
            .thenComparing(Hop::passed)
            .thenComparing(Comparator.comparing(Hop::duration).reversed())
            .thenComparing(Hop::gateway)
            .thenComparing(Hop::service);

    private Parents() {}

    /** The parent of each of these hops, which are in {@link #ORDER}; {@value #NONE} for none. */
    static int[] of(List<Hop> hops) {
        int[] parents = new int[hops.size()];
        Arrays.fill(parents, NONE);
        for (int i = 0; i < parents.length; i++) {
            int parent = bySpan(hops, i);
            parent = parent == NONE ? byTime(hops, i) : parent;
            parents[i] = parent == NONE || isAbove(parents, i, parent) ? NONE : parent;
        }
        return parents;
    }

    /** Spans, and times of clocks that differ, may lead in a circle. */
    private static boolean isAbove(int[] parents, int hop, int from) {
        for (int at = from; at != NONE; at = parents[at]) {
            if (at == hop) {
                return true;
            }
        }
        return false;
    }

    private static int bySpan(List<Hop> hops, int i) {
        String parent = hops.get(i).parent();
        for (int j = 0; j < hops.size(); j++) {
            if (j != i && !parent.isEmpty() && hops.get(j).spans().contains(parent)) {
                return j;
            }
        }
        return NONE;
    }

    private static int byTime(List<Hop> hops, int i) {
        Hop hop = hops.get(i);
        int best = NONE;
        for (int j = 0; j < i; j++) {
            Hop other = hops.get(j);
            boolean open = !other.end().isBefore(hop.start());
            boolean before = hop.passed() <= 1 || other.passed() < hop.passed();
            if (open
                    && before
                    && (best == NONE || other.passed() >= hops.get(best).passed())) {
                best = j;
            }
        }
        return best != NONE ? best : byPassed(hops, i);
    }

    /** Where clocks differ, the count alone: the one gateway before. */
    private static int byPassed(List<Hop> hops, int i) {
        int passed = hops.get(i).passed();
        for (int j = 0; passed > 1 && j < hops.size(); j++) {
            if (hops.get(j).passed() == passed - 1) {
                return j;
            }
        }
        return NONE;
    }
}
