package io.laneway.control.guard;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a guard needs to know of a plan. Immutable.
 *
 * @param lane      the environment
 * @param guard     null for a plan without one
 * @param begun     when the plan began, in milliseconds since 1970
 * @param since     when its step began, likewise
 * @param baselines base by service, from the steps before
 * @param services  those that the environment had in a step before
 */
public record GuardedPlan(
        String lane,
        @Nullable Guard guard,
        long begun,
        long since,
        Map<String, Baseline> baselines,
        Set<String> services) {

    public GuardedPlan {
        baselines = Map.copyOf(baselines);
        services = Set.copyOf(services);
    }
}
