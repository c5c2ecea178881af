package io.laneway.k8s.imports.table;

import io.laneway.k8s.imports.source.Report;
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

    /** More come only of configurations that cross every lane with every path. */
    private static final int MAX = 2_000;

    private final List<Rule> rules;
    private final LaneNames names;
    private final Map<Match, Integer> places = new HashMap<>();
    private final Map<Integer, Integer> bases = new HashMap<>();
    private final Map<Integer, Marker> markers = new HashMap<>();
    private final Set<Marker> used = new LinkedHashSet<>();
    private int crossings;

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

    List<Entry> entries(Report report) {
        for (int i = 0; i < rules.size(); i++) {
            find(i);
        }
        Map<Integer, Entry> kept = new LinkedHashMap<>();
        Map<Integer, List<Entry>> before = new HashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            List<Entry> narrower = crossed(i, report);
            if (narrower == null) {
                kept.put(i, Entry.of(rules.get(i)));
            } else {
                before.put(i, narrower);
            }
        }
        for (int i = 0; i < rules.size(); i++) {
            if (!kept.containsKey(i)) {
                fold(i, kept);
            }
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            Entry own = kept.get(i);
            if (own == null) {
                entries.addAll(before.getOrDefault(i, List.of()));
            } else {
                entries.add(own);
            }
        }
        return entries;
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

    /**
     * What rules between this one and its base would take of its requests in a table, as rules of their own; null if it is
     * no rule of a lane, or its base is never reached.
     */
    private @Nullable List<Entry> crossed(int i, Report report) {
        Integer base = bases.get(i);
        if (base == null) {
            return null;
        }
        List<Entry> narrower = new ArrayList<>();
        Entry rule = Entry.of(rules.get(i));
        Match home = rules.get(base).match();
        for (int k = i + 1; k < base; k++) {
            Integer other = bases.get(k);
            Match between = rules.get(k).match();
            if (base.equals(other) || (other == null && !between.cookies().isEmpty())) {
                continue;
            }
            Match shown = other == null ? between : rules.get(other).match();
            if (other == null && home.equals(shown.and(home))) {
                return null;
            }
            if (rule.match().crosses(between) || home.crosses(shown)) {
                return null;
            }
            Match both = home.before(shown) ? null : rule.match().and(between);
            if (both != null && ++crossings > MAX) {
                report.differs(
                        rule.at(), "the rule of line " + rules.get(k).at().line() + " takes some of its requests", "");
            } else if (both != null) {
                narrower.add(rule.narrowed(both));
            }
        }
        return narrower;
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
