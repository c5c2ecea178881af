package io.laneway.gateway.telemetry.metrics;

import io.laneway.gateway.traffic.memory.LaneContexts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The services that lost lanes within the last hour, so that one that was put right is not blamed until the gateway is
 * started again. Safe for many threads.
 */
public final class RecentLosses {

    private static final long KEPT = Duration.ofHours(1).toNanos();

    private record Change(long total, long at) {}

    private final @Nullable LaneContexts contexts;
    private final LongSupplier nanos;
    private final Map<String, Change> changes = new HashMap<>();

    /** @param contexts null where that is not looked at */
    public RecentLosses(@Nullable LaneContexts contexts, LongSupplier nanos) {
        this.contexts = contexts;
        this.nanos = nanos;
    }

    /** Those whose counts have changed lately, as seen by this call and those before it. */
    public synchronized List<LostLanes> list() {
        List<LostLanes> lately = new ArrayList<>();
        if (contexts == null) {
            return lately;
        }
        long now = nanos.getAsLong();
        for (LaneContexts.Counts each : contexts.all()) {
            LostLanes losses =
                    new LostLanes(each.service(), each.lost(), each.restored(), each.untraced() + each.conflicting());
            Change last = changes.get(each.service());
            if (losses.total() > 0 && (last == null || last.total() != losses.total())) {
                last = new Change(losses.total(), now);
                changes.put(each.service(), last);
            }
            if (last != null && now - last.at() < KEPT) {
                lately.add(losses);
            }
        }
        return lately;
    }
}
