package io.laneway.replay.diff.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is not compared, what may differ by how much, and how the items of lists are paired. Immutable.
 *
 * @param items the first that names a list holds
 */
public record DiffRules(List<Rule> rules, List<ItemRule> items) {

    /** No rules. */
    public static final DiffRules NONE = new DiffRules(List.of(), List.of());

    public DiffRules {
        rules = List.copyOf(rules);
        items = List.copyOf(items);
    }

    /** Rules that say nothing of the items of lists. */
    public DiffRules(List<Rule> rules) {
        this(rules, List.of());
    }

    /** The member that identifies the items of a list; empty for none, null where no rule says it. */
    public @Nullable String key(String endpoint, String path) {
        for (ItemRule rule : items) {
            if (rule.path().matches(path) && rule.endpoint().matches(endpoint)) {
                return rule.key();
            }
        }
        return null;
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
