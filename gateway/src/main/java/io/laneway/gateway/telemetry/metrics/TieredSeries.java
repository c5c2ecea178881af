package io.laneway.gateway.telemetry.metrics;

import io.laneway.gateway.telemetry.metrics.NamedSeries.Entry;
import io.laneway.gateway.telemetry.metrics.NamedSeries.Weight;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Request series within bounds: the busiest by themselves, the others summed up by service and reason, and what is too
 * much even so by reason alone. Confined to one thread at a time.
 */
final class TieredSeries {

    private final NamedSeries<SeriesKey> keys;
    private final NamedSeries<SeriesKey> services;
    private Map<SeriesKey, long[]> before = Map.of();

    /**
     * Has no series yet.
     *
     * @param lines of each of the first two tiers
     * @param width how many numbers are counted of a series
     */
    TieredSeries(int lines, int width, Weight weight) {
        keys = new NamedSeries<>(lines, width, weight, SeriesKey::withoutLanes);
        services = new NamedSeries<>(lines, width, weight, SeriesKey::withoutNames);
    }

    Entry<SeriesKey> entry(SeriesKey key) {
        return keys.entry(key);
    }

    /** Takes over what was counted since the last call. */
    void settle(Predicate<SeriesKey> gone, long now) {
        keys.settle(now);
        keys.forget(gone);
        Map<SeriesKey, long[]> sums = new HashMap<>();
        keys.folded().forEach((key, counts) -> {
            Sums.add(Sums.since(before.get(key), counts), services.entry(key).counts());
            sums.put(key, counts.clone());
        });
        before = sums;
        services.settle(now);
    }

    void each(BiConsumer<SeriesKey, long[]> each) {
        keys.named(each);
        services.named(each);
        services.folded().forEach(each);
    }

    int unnamed() {
        return keys.unnamed();
    }
}
