package io.laneway.k8s.imports.table;

import io.laneway.router.document.tree.Location;
import java.util.List;

/**
 * Hosts that have rules in common, tried in order until one takes the request. Immutable.
 *
 * @param hosts  names, or {@code *.} and a name; empty for any host
 * @param ports  of the listeners at which requests come in; empty for any
 * @param closed whether a request that no rule takes is refused there, and not given to the rules of a less specific host
 */
public record RuleHost(Location at, List<String> hosts, List<Integer> ports, List<Rule> rules, boolean closed) {

    public RuleHost {
        hosts = List.copyOf(hosts);
        ports = List.copyOf(ports);
        rules = List.copyOf(rules);
    }

    /** At any port. */
    public RuleHost(Location at, List<String> hosts, List<Rule> rules, boolean closed) {
        this(at, hosts, List.of(), rules, closed);
    }

    /** Whether both have the same rules. */
    public boolean same(RuleHost other) {
        boolean same = rules.size() == other.rules.size();
        for (int i = 0; same && i < rules.size(); i++) {
            Rule one = rules.get(i);
            Rule two = other.rules.get(i);
            same = one.match().equals(two.match()) && one.action().equals(two.action());
        }
        return same;
    }

    /** Whether there is a port at which both are asked. */
    boolean meets(RuleHost other) {
        return ports.isEmpty() || other.ports.isEmpty() || ports.stream().anyMatch(other.ports::contains);
    }
}
