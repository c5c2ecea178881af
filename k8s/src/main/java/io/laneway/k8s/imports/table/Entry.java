package io.laneway.k8s.imports.table;

import io.laneway.router.document.tree.Location;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A rule with the rules that differ from it by their lane alone. Immutable once the rules of its host are read.
 *
 * @param lanes by name, in the order of their rules
 */
record Entry(Location at, Match match, Action action, Map<String, Rule> lanes) {

    static Entry of(Rule rule) {
        return new Entry(rule.at(), rule.match(), rule.action(), new LinkedHashMap<>());
    }

    /** The same requests by an expression. */
    Entry by(String expression) {
        return new Entry(at, match.by(expression), action, lanes);
    }

    /** The same for fewer requests. */
    Entry narrowed(Match fewer) {
        return new Entry(at, fewer, fewer.regex() != null ? action : action.below(match.path(), fewer), lanes);
    }
}
