package io.laneway.control.plan;

import io.laneway.control.plan.PlanState.Running;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * The metric {@code laneway_control_plans{shift,state}}: 1 for the state of each plan, by its shift's name. A plan that
 * runs and is kept at its step by its guard is {@code held}; one that was removed has no series. Safe for many threads.
 */
public final class PlanMetric {

    private PlanMetric() {}

    /** Shows the plans as they were seen last. */
    public static void register(PrometheusRegistry registry, Plans plans) {
        GaugeWithCallback.builder()
                .name("laneway_control_plans")
                .help("1 for the state that the plan of a shift is in")
                .labelNames("shift", "state")
                .callback(
                        gauge -> plans.seen().forEach((shift, state) -> gauge.call(1, plans.name(shift), word(state))))
                .register(registry);
    }

    private static String word(PlanState state) {
        boolean held = state instanceof Running && !state.why().isEmpty();
        return held ? "held" : state.status().word();
    }
}
