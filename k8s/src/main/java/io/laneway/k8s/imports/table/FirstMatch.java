package io.laneway.k8s.imports.table;

import io.laneway.k8s.imports.source.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a table decide as rules that are tried in order. Confined to one thread.
 *
 * <p>A table takes the most particular route, whatever its place. Where an earlier rule and a later, more particular one
 * want the same request, a rule for exactly the requests that both want, with the action of the earlier, is put in
 * between: it is more particular than both, so that the table takes it too. Rules that no request reaches are left out.
 */
final class FirstMatch {

    /** More rules than this come only of configurations that cross every rule with every other. */
    private static final int MAX = 4_000;

    private FirstMatch() {}

    private record Ranked(int rank, Entry entry) {}

    static List<Entry> arranged(List<Entry> rules, Report report) {
        List<Entry> reached = ExpressionOrder.arranged(reached(rules, report), report);
        List<Ranked> all = new ArrayList<>();
        Set<Match> matches = new HashSet<>();
        for (int i = 0; i < reached.size(); i++) {
            all.add(new Ranked(i, reached.get(i)));
            matches.add(reached.get(i).match());
        }
        for (int i = 0; i < all.size(); i++) {
            for (int k = 0; k < i; k++) {
                Match both = contested(all.get(k), all.get(i), report);
                if (both != null && all.size() < MAX && matches.add(both)) {
                    all.add(owned(both, reached));
                } else if (both != null && all.size() >= MAX) {
                    report.differs(all.get(i).entry().at(), "too many rules cross each other", "at most " + MAX);
                    return reached;
                }
            }
        }
        all.sort(Comparator.comparingInt(Ranked::rank));
        return all.stream().map(Ranked::entry).toList();
    }

    /** The requests that both want and a table gives to the later; null if there are none. */
    private static @Nullable Match contested(Ranked one, Ranked other, Report report) {
        boolean ordered = one.rank() < other.rank();
        Ranked first = ordered ? one : other;
        Ranked later = ordered ? other : one;
        boolean wrong = first.rank() != later.rank()
                && later.entry().match().before(first.entry().match());
        Match both = wrong ? first.entry().match().and(later.entry().match()) : null;
        if (both != null && both.regex() != null && first.entry().action().replacesPrefix()) {
            report.differs(
                    first.entry().at(),
                    "the expression of line " + later.entry().at().line() + " is looked at first",
                    "a path that stays as it is");
            return null;
        }
        return both;
    }

    /** The first rule that takes all of these requests, for these alone. */
    private static Ranked owned(Match match, List<Entry> rules) {
        int rank = 0;
        while (!match.equals(rules.get(rank).match().and(match))) {
            rank++;
        }
        return new Ranked(rank, rules.get(rank).narrowed(match));
    }

    private static List<Entry> reached(List<Entry> rules, Report report) {
        List<Entry> reached = new ArrayList<>();
        for (Entry rule : rules) {
            Entry cover = cover(rule, reached);
            if (cover == null) {
                reached.add(rule);
            } else {
                String reason = "the rule of line " + cover.at().line() + " takes all its requests";
                report.notTaken(rule.at(), reason, "an earlier place");
                rule.lanes().values().forEach(lane -> report.notTaken(lane.at(), reason, "an earlier place"));
            }
        }
        return reached;
    }

    private static @Nullable Entry cover(Entry rule, List<Entry> earlier) {
        for (Entry one : earlier) {
            if (rule.match().equals(one.match().and(rule.match()))) {
                return one;
            }
        }
        return null;
    }
}
