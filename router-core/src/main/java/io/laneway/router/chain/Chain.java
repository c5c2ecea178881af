package io.laneway.router.chain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hops of one request with what each was made for, and who failed first. Immutable.
 *
 * @param links each hop behind the one that it was made for
 * @param failed null if the client got what it asked for
 */
public record Chain(List<Link> links, @Nullable Blame failed) {

    /**
     * A hop in a chain. Immutable.
     *
     * @param depth how many hops it was made for; 0 for the client's own request
     */
    public record Link(Hop hop, int depth) {

        /** Whether the hop failed. */
        public boolean failed() {
            return hop.failed();
        }
    }

    public Chain {
        links = List.copyOf(links);
    }

    /**
     * Orders hops and finds who failed first: from a failed request of the client down to the hop that failed and that
     * no failed hop was made for. Among several the one that ended first. A failed call that its service then made again
     * with success is no reason.
     */
    public static Chain of(List<Hop> hops) {
        List<Hop> sorted = hops.stream().sorted(Parents.ORDER).toList();
        Tree tree = new Tree(sorted, Parents.of(sorted));
        List<Link> links = new ArrayList<>();
        List<Integer> order = new ArrayList<>();
        tree.walk(Parents.NONE, 0, links, order);
        int first = tree.firstFailed(Parents.NONE);
        Blame blame = first == Parents.NONE
                ? null
                : Blame.of(order.indexOf(first), sorted.get(first), tree.parents()[first] == Parents.NONE);
        return new Chain(links, blame);
    }

    /** Hops below hops. Immutable; the array is not written to. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Tree(List<Hop> hops, int[] parents) {

        void walk(int parent, int depth, List<Link> links, List<Integer> order) {
            for (int i = 0; i < parents.length; i++) {
                if (parents[i] == parent) {
                    links.add(new Link(hops.get(i), depth));
                    order.add(i);
                    walk(i, depth + 1, links, order);
                }
            }
        }

        int firstFailed(int parent) {
            int first = Parents.NONE;
            Instant end = Instant.MAX;
            for (int i = 0; i < parents.length; i++) {
                Hop hop = hops.get(i);
                if (parents[i] == parent
                        && hop.failed()
                        && !recovered(i)
                        && hop.end().isBefore(end)) {
                    first = i;
                    end = hop.end();
                }
            }
            if (first == Parents.NONE) {
                return parent;
            }
            return firstFailed(first);
        }

        /** Whether the same service was called again for the same hop, with success. */
        private boolean recovered(int i) {
            for (int j = i + 1; j < parents.length; j++) {
                Hop later = hops.get(j);
                if (parents[j] == parents[i]
                        && !later.failed()
                        && later.service().equals(hops.get(i).service())
                        && later.path().equals(hops.get(i).path())
                        && !later.start().isBefore(hops.get(i).end())) {
                    return true;
                }
            }
            return false;
        }
    }
}
