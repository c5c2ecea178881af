package io.laneway.gateway.metrics;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a gateway tells of its lanes. Immutable; both are safe for many threads.
 *
 * @param totals what was counted since the start
 * @param used   lanes asked for since it was asked last that no total names
 */
public record LaneCounts(Supplier<List<LaneTotals>> totals, Supplier<Set<String>> used) {

    /** Nothing is counted. */
    public static final LaneCounts NOTHING = new LaneCounts(List::of, Set::of);
}
