package io.laneway.control.plan;

import io.laneway.control.guard.Baseline;
import io.laneway.control.guard.GuardedPlan;
import io.laneway.router.unit.Share;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A plan and how far it is, whatever it does. Immutable.
 *
 * @param step      the index of the step that holds
 * @param since     when that began, in milliseconds since 1970
 * @param start     the share before the plan
 * @param baselines base by service, from the steps before: what a guard compares with once base has few requests left
 * @param services  those that the environment had in a step before
 * @param begun     when the plan began, in milliseconds since 1970
 */
public record Progress(
        Plan plan,
        int step,
        long since,
        Share start,
        Map<String, Baseline> baselines,
        Set<String> services,
        long begun) {

    public Progress {
        baselines = Map.copyOf(baselines);
        services = Set.copyOf(services);
    }

    /** At the first step of a plan that begins. */
    static Progress begun(Plan plan, Share start, long now) {
        return new Progress(plan, 0, now, start, Map.of(), Set.of(), now);
    }

    /** The same with services that the environment has. */
    Progress with(Set<String> taking) {
        return new Progress(plan, step, since, start, baselines, taking, begun);
    }

    /** At the next step. */
    Progress next(Arrival arrival) {
        Map<String, Baseline> known = new HashMap<>(baselines);
        known.putAll(arrival.baselines());
        return new Progress(plan, step + 1, arrival.at(), start, known, arrival.services(), begun);
    }

    /** At the same step, begun so much later. */
    Progress later(long by) {
        return new Progress(plan, step, since + by, start, baselines, services, begun);
    }

    /** Whether there is no further step. */
    boolean last() {
        return step == plan.steps().size() - 1;
    }

    /** The share of the environment at this step. */
    Share share() {
        return plan.shareAt(step, start);
    }

    /** The tenants of the groups that have gone by now. */
    List<String> tenants() {
        return plan.tenantsAt(step);
    }

    GuardedPlan guarded() {
        return new GuardedPlan(plan.lane(), plan.guard(), begun, since, baselines, services);
    }
}
