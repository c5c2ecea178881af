package io.laneway.k8s.imports.table;

import io.laneway.router.text.Slug;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one host, those that differ from a later one by a lane alone put together with it. Confined to one
 * thread. What a rule of a lane takes, no rule between it and its base may take in the table.
 */
final class LaneRules {

    private final List<Rule> rules;
    private final LaneNames names;
    private final Map<Match, Integer> places = new HashMap<>();
    private final Map<Integer, Integer> bases = new HashMap<>();
    private final Map<Integer, Marker> markers = new HashMap<>();
    private final Set<Marker> used = new LinkedHashSet<>();

    LaneRules(List<Rule> rules, LaneNames names) {
        this.rules = rules;
        this.names = names;
        for (int i = 0; i < rules.size(); i++) {
            places.putIfAbsent(rules.get(i).match(), i);
        }
    }

    /** The places where lanes were found. */
    Set<Marker> used() {
        return used;
    }

    List<Entry> entries() {
        for (int i = 0; i < rules.size(); i++) {
            find(i);
        }
        Map<Integer, Entry> kept = new LinkedHashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            if (!bases.containsKey(i) || crossed(i)) {
                kept.put(i, Entry.of(rules.get(i)));
            }
        }
        for (int i = 0; i < rules.size(); i++) {
            if (!kept.containsKey(i)) {
                fold(i, kept);
            }
        }
        List<Integer> order = new ArrayList<>(kept.keySet());
        order.sort(Integer::compare);
        return order.stream().map(kept::get).toList();
    }

    private void find(int i) {
        Rule rule = rules.get(i);
        for (Marker marker : markers(rule.match())) {
            Integer base = base(rule, marker);
            if (base != null && base > i && names.is(marker)) {
                bases.put(i, base);
                markers.put(i, marker);
                return;
            }
        }
    }

    /** The rule that differs from this one by a marker and by its targets alone, null if there is none. */
    private @Nullable Integer base(Rule rule, Marker marker) {
        Integer place = places.get(rule.match().without(marker));
        return place == null || !alike(rule.action(), rules.get(place).action()) ? null : place;
    }

    static boolean alike(Action one, Action other) {
        return !one.targets().isEmpty()
                && !other.targets().isEmpty()
                && one.to(List.of()).equals(other.to(List.of()));
    }

    /** Whether a rule between this one and its base would take its requests in a table. */
    private boolean crossed(int i) {
        int base = bases.get(i);
        Match match = rules.get(i).match();
        Match home = rules.get(base).match();
        for (int k = i + 1; k < base; k++) {
            Match between = rules.get(k).match();
            Integer other = bases.get(k);
            if (other != null && other == base) {
                continue;
            }
            Match shown = other == null ? between : rules.get(other).match();
            boolean unreached = home.equals(shown.and(home));
            if (unreached || (match.and(between) != null && !home.before(shown))) {
                return true;
            }
        }
        return false;
    }

    private void fold(int i, Map<Integer, Entry> kept) {
        Rule rule = rules.get(i);
        Marker marker = markers.get(i);
        Entry base = kept.get(bases.get(i));
        if (marker == null || base == null || !names.admits(marker.value())) {
            kept.put(i, Entry.of(rule));
            return;
        }
        String lane = names.of(marker.value());
        Rule former = base.lanes().get(lane);
        if (former == null || former.action().equals(rule.action())) {
            base.lanes().putIfAbsent(lane, rule);
            used.add(marker);
        } else {
            kept.put(i, Entry.of(rule));
        }
    }

    static List<Marker> markers(Match match) {
        List<Marker> markers = new ArrayList<>();
        for (Marker.Kind kind : Marker.Kind.values()) {
            match.conditions(kind).forEach((name, value) -> markers.add(new Marker(kind, name, value)));
        }
        return markers;
    }

    /** For each place where a rule differs from a later one by its value alone: the rules by value. */
    Map<String, Map<String, Rule>> candidates() {
        Map<String, Map<String, Rule>> found = new LinkedHashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            for (Marker marker : markers(rule.match())) {
                Integer base = base(rule, marker);
                if (base != null && base > i && !Slug.of(marker.value()).isEmpty()) {
                    found.computeIfAbsent(marker.place(), place -> new LinkedHashMap<>())
                            .putIfAbsent(marker.value(), rule);
                }
            }
        }
        return found;
    }
}
