package io.laneway.k8s.imports.table;

import io.laneway.k8s.imports.source.Report;
import io.laneway.router.model.route.RouteExpressions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a table try expressions in the order of rules. A table takes exact paths, then the longest expression, then prefixes.
 * So an expression gets a text that is longer than those of all later rules, by quotes around nothing, which match nothing
 * and take no step; a prefix that an earlier rule has and a later expression may want becomes an expression. Stateless.
 */
final class ExpressionOrder {

    private static final String NOTHING = "\\Q\\E";

    private ExpressionOrder() {}

    static List<Entry> arranged(List<Entry> rules, Report report) {
        if (rules.stream().allMatch(rule -> rule.match().regex() == null)) {
            return rules;
        }
        List<Entry> arranged = new ArrayList<>();
        List<Entry> later = new ArrayList<>();
        int length = 0;
        for (int i = rules.size() - 1; i >= 0; i--) {
            Entry rule = rules.get(i);
            String regex = regex(rule, later, report);
            if (regex != null) {
                String padded = regex;
                while (padded.length() <= length) {
                    padded = NOTHING + padded;
                }
                if (padded.length() > RouteExpressions.MAX_LENGTH) {
                    report.differs(rule.at(), "its order among the expressions of this host", "fewer expressions");
                    padded = regex;
                }
                length = padded.length();
                rule = rule.by(padded);
                later.add(rule);
            }
            arranged.add(rule);
        }
        Collections.reverse(arranged);
        return arranged;
    }

    /** The expression of a rule that needs one; null for the others. */
    private static @Nullable String regex(Entry rule, List<Entry> later, Report report) {
        Match match = rule.match();
        if (match.regex() != null || match.exact()) {
            return match.regex();
        }
        for (Entry one : later) {
            if (match.crosses(one.match())) {
                if (!rule.action().replacesPrefix()) {
                    return PathRegex.ofPrefix(match.path());
                }
                report.differs(
                        rule.at(),
                        "the expression of line " + one.at().line() + " is looked at first",
                        "a path that stays as it is");
                return null;
            }
        }
        return null;
    }
}
