package io.laneway.router.model.replay;

import java.util.List;

/**
 * What a team says of the requests and responses of its services. Immutable.
 *
 * @param ignore     places that are not compared
 * @param tolerances how far numbers and times may be from each other
 * @param lists      how the items of lists are paired
 * @param values     what responses give and later requests have again
 */
public record ReplayRules(
        List<IgnoredPlace> ignore,
        List<ToleratedPlace> tolerances,
        List<PairedItems> lists,
        List<CarriedValue> values) {

    /** No rules. */
    public static final ReplayRules NONE = new ReplayRules(List.of(), List.of(), List.of(), List.of());

    /** Rules of each kind at most: each is looked at for each place. */
    private static final int MOST = 200;

    public ReplayRules {
        ignore = bounded("ignore", ignore);
        tolerances = bounded("tolerances", tolerances);
        lists = bounded("lists", lists);
        values = bounded("values", values);
    }

    /** Whether they say nothing of what is sent, so that without a comparison they do nothing. */
    public boolean areOfComparisons() {
        return values.isEmpty();
    }

    private static <T> List<T> bounded(String key, List<T> rules) {
        if (rules.size() > MOST) {
            throw new IllegalArgumentException(
                    key + ": " + rules.size() + " rules (expected: at most " + MOST + "; * in a path is any text)");
        }
        return List.copyOf(rules);
    }
}
