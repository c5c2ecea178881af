package io.laneway.control.plan;

import io.laneway.control.guard.Baseline;
import java.util.Map;
import java.util.Set;

/**
 * What is known when a plan comes to its next step. Immutable.
 *
 * @param at        when, in milliseconds since 1970
 * @param baselines base by service, as it was in the steps before
 * @param services  those that the environment has or had in this plan
 */
public record Arrival(long at, Map<String, Baseline> baselines, Set<String> services) {

    public Arrival {
        baselines = Map.copyOf(baselines);
        services = Set.copyOf(services);
    }
}
