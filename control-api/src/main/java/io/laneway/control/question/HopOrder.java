package io.laneway.control.question;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The hops of a request in the order in which it made them. A hop whose parent span is another's stands below that one.
 * Among those without such a parent, and among the hops below one: by the number of our gateways passed, where each has
 * another one, so that clocks do not count; else by when they began, then by gateways passed, then the one first
 * whose endpoint took longer, since it waited for those that were made for it. Stateless.
 */
final class HopOrder {

    private static final Comparator<Hop> BY_PASSED = Comparator.comparingInt(Hop::passed);

    private static final Comparator<Hop> BY_TIME = Comparator.comparing(Hop::started)
            .thenComparing(BY_PASSED)
            .thenComparing(Comparator.comparingDouble(Hop::waited).reversed())
            .thenComparing(Hop::gateway);

    private HopOrder() {}

    /** A hop with those below it. */
    private static final class Place {
        private final Hop hop;
        private final List<Place> below = new ArrayList<>();

        Place(Hop hop) {
            this.hop = hop;
        }
    }

    static List<Hop> of(List<Hop> hops) {
        List<Place> places = hops.stream().map(Place::new).toList();
        Map<String, Place> bySpan = new HashMap<>();
        places.forEach(place -> place.hop.spans().forEach(span -> bySpan.putIfAbsent(span, place)));
        List<Place> roots = new ArrayList<>();
        for (Place place : places) {
            String sent = place.hop.parent();
            Place parent = sent == null ? null : bySpan.get(sent);
            if (parent == null || parent == place) {
                roots.add(place);
            } else {
                parent.below.add(place);
            }
        }
        List<Hop> ordered = walk(roots);
        // Spans that lead in a circle say nothing.
        return ordered.size() < hops.size()
                ? sorted(places).stream().map(place -> place.hop).toList()
                : ordered;
    }

    private static List<Hop> walk(List<Place> roots) {
        List<Hop> ordered = new ArrayList<>();
        Deque<Place> next = new ArrayDeque<>();
        push(next, roots);
        while (!next.isEmpty()) {
            Place place = next.pop();
            ordered.add(place.hop);
            push(next, place.below);
        }
        return ordered;
    }

    private static void push(Deque<Place> next, List<Place> siblings) {
        List<Place> sorted = sorted(siblings);
        for (int i = sorted.size() - 1; i >= 0; i--) {
            next.push(sorted.get(i));
        }
    }

    private static List<Place> sorted(List<Place> siblings) {
        Set<Integer> passed = new HashSet<>();
        siblings.forEach(place -> passed.add(place.hop.passed()));
        Comparator<Hop> order = passed.size() == siblings.size() ? BY_PASSED : BY_TIME;
        List<Place> sorted = new ArrayList<>(siblings);
        sorted.sort((a, b) -> order.compare(a.hop, b.hop));
        return sorted;
    }
}
