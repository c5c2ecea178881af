package io.laneway.replay.diff.rules;

import java.util.List;

/** What is not compared and what may differ by how much. Immutable. */
public record DiffRules(List<Rule> rules) {

    /** No rules. */
    public static final DiffRules NONE = new DiffRules(List.of());

    public DiffRules {
        rules = List.copyOf(rules);
    }

    /** Whether a difference there is left out of reports. */
    public boolean ignores(String endpoint, String path, String facet) {
        return rules.stream().anyMatch(rule -> rule.ignore() && rule.matches(endpoint, path, facet));
    }

    /** The tolerance of a place; the first rule of the file that names it holds. */
    public Tolerance tolerance(String endpoint, String path, String facet) {
        return rules.stream()
                .filter(rule -> !rule.ignore() && rule.matches(endpoint, path, facet))
                .map(Rule::tolerance)
                .findFirst()
                .orElse(Tolerance.NONE);
    }
}
