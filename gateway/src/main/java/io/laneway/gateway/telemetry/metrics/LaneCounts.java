package io.laneway.gateway.telemetry.metrics;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a gateway reports of its lanes. Immutable; all are safe for many threads.
 *
 * @param totals what was counted since the start
 * @param others what was counted since the start of lanes that no total names, by the lane asked for
 * @param used   lanes asked for since it was asked last that no total names
 * @param tenants seen within the last hour, a sample, by shift
 * @param losses  services that lost lanes within the last hour
 * @param recordings what became of requests that recordings matched
 * @param shed   requests shed since the start
 */
public record LaneCounts(
        Supplier<List<LaneTotals>> totals,
        Supplier<Map<String, AskedTotals>> others,
        Supplier<Set<String>> used,
        Supplier<Map<String, List<String>>> tenants,
        Supplier<List<LostLanes>> losses,
        Supplier<List<RecordingTotals>> recordings,
        LongSupplier shed) {

    /** Nothing is counted. */
    public static final LaneCounts NOTHING =
            new LaneCounts(List::of, Map::of, Set::of, Map::of, List::of, List::of, () -> 0);

    /** The same with losses and recordings. */
    public LaneCounts with(Supplier<List<LostLanes>> lost, Supplier<List<RecordingTotals>> recorded) {
        return new LaneCounts(totals, others, used, tenants, lost, recorded, shed);
    }
}
