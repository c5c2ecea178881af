package io.laneway.k8s.imports.table;

import io.laneway.router.document.tree.Location;
import java.util.List;

/**
 * Hosts that have rules in common, tried in order until one takes the request. Immutable.
 *
 * @param hosts  names, or {@code *.} and a name; empty for any host
 * @param closed whether a request that no rule takes is refused there, and not given to the rules of a less specific host
 */
public record RuleHost(Location at, List<String> hosts, List<Rule> rules, boolean closed) {

    public RuleHost {
        hosts = List.copyOf(hosts);
        rules = List.copyOf(rules);
    }
}
