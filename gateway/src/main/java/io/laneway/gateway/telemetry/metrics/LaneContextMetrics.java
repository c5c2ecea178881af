package io.laneway.gateway.telemetry.metrics;

import io.laneway.gateway.traffic.memory.LaneContexts;
import io.laneway.gateway.traffic.memory.LaneContexts.Counts;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Which services lose the lanes of their requests. Safe for many threads. docs/how-to/lost-lanes.md. */
public final class LaneContextMetrics implements MetricSource {

    private final @Nullable LaneContexts contexts;

    /** @param contexts null where that is not looked at */
    public LaneContextMetrics(@Nullable LaneContexts contexts) {
        this.contexts = contexts;
    }

    @Override
    public void write(Exposition out) {
        if (contexts == null) {
            return;
        }
        List<Counts> all = contexts.all();
        out.counter(
                "laneway_lane_context_lost_total",
                "Requests of a service without the lane that it had, by their trace.");
        write(out, all, Counts::lost);
        out.counter("laneway_lane_context_restored_total", "Requests that got the lane of their trace back.");
        write(out, all, Counts::restored);
        out.counter(
                "laneway_lane_context_unknown_total",
                "Requests without a lane of which it cannot be told whether their service lost one.");
        for (Counts each : all) {
            sample(out, each.conflicting(), each.service(), "conflict");
            sample(out, each.untraced(), each.service(), "untraced");
        }
        out.counter("laneway_lane_memory_conflicts_total", "Ids that were seen with more than one lane.");
        out.sample(contexts.conflicts());
    }

    private static void write(Exposition out, List<Counts> all, ToLongFunction<Counts> count) {
        for (Counts each : all) {
            long value = count.applyAsLong(each);
            if (value > 0) {
                out.sample(value, "service", each.service());
            }
        }
    }

    private static void sample(Exposition out, long value, String service, String cause) {
        if (value > 0) {
            out.sample(value, "service", service, "cause", cause);
        }
    }
}
