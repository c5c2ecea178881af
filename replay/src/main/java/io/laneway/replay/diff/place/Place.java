package io.laneway.replay.diff.place;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One facet of one place in the responses of an endpoint, with how often which side was the odd one. A request counts
 * once, however many items of a list it has there. Confined to one thread.
 */
public final class Place {

    private static final int MAX_EXAMPLES = 3;
    private static final int MAX_VALUES = 12;

    private final String path;
    private final Facet facet;
    private final Map<Odd, Integer> counts = new EnumMap<>(Odd.class);
    private final Map<Odd, Integer> now = new EnumMap<>(Odd.class);
    private final List<Example> examples = new ArrayList<>();
    private final Map<String, Share> shares = new TreeMap<>();
    private final Samples samples = new Samples();
    private @Nullable Distances farthest;
    private int request = -1;

    Place(String path, Facet facet) {
        this.path = path;
        this.facet = facet;
    }

    public String path() {
        return path;
    }

    public Facet facet() {
        return facet;
    }

    /** Requests whose odd one was this. */
    public int count(Odd odd) {
        return counts.getOrDefault(odd, 0);
    }

    public List<Example> examples() {
        return examples;
    }

    /** How often the lane has which value. */
    public Map<String, Share> shares() {
        return shares;
    }

    public Samples samples() {
        return samples;
    }

    /** Whether base differs from itself here. */
    public boolean varies() {
        return count(Odd.BASE) + count(Odd.AGAIN) + count(Odd.ALL) > 0;
    }

    void mark(CurrentRequest current, Odd odd, Values values) {
        begin(current);
        boolean first = now.isEmpty();
        now.merge(odd, 1, Integer::sum);
        if (first && (facet == Facet.VALUE || facet == Facet.TYPE || facet == Facet.STATUS || facet == Facet.SIZE)) {
            share(values);
        }
        example(current, odd, values);
    }

    void mark(CurrentRequest current, Distances distances, Values values) {
        begin(current);
        Odd odd = distances.odd();
        now.merge(odd, 1, Integer::sum);
        Distances before = farthest;
        if (before == null || distances.lane() > before.lane()) {
            farthest = distances;
        }
        example(current, odd, values);
    }

    private void example(CurrentRequest current, Odd odd, Values values) {
        boolean more = examples.isEmpty()
                || !examples.get(examples.size() - 1).request().id().equals(current.id());
        if (odd == Odd.LANE && examples.size() < MAX_EXAMPLES && more) {
            examples.add(values.example(current.line()));
        }
    }

    private void share(Values values) {
        Set<String> seen = new TreeSet<>(List.of(values.base(), values.again(), values.lane()));
        for (String value : seen) {
            if (shares.containsKey(value) || shares.size() < MAX_VALUES) {
                shares.computeIfAbsent(value, v -> new Share())
                        .add(values.count(value), values.lane().equals(value));
            }
        }
    }

    private void begin(CurrentRequest current) {
        if (request != current.number()) {
            end();
            request = current.number();
        }
    }

    /** Ends the request that was marked last. */
    void end() {
        if (request < 0) {
            return;
        }
        int lane = now.getOrDefault(Odd.LANE, 0);
        int base = now.getOrDefault(Odd.BASE, 0);
        int again = now.getOrDefault(Odd.AGAIN, 0);
        Odd odd = lane > base && lane > again
                ? Odd.LANE
                : base > lane && base > again ? Odd.BASE : again > lane && again > base ? Odd.AGAIN : Odd.ALL;
        counts.merge(odd, 1, Integer::sum);
        Distances it = farthest;
        if (it != null) {
            samples.add(it, odd == Odd.LANE);
        }
        farthest = null;
        now.clear();
        request = -1;
    }
}
