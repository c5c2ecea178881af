package io.laneway.control.plan;

import io.laneway.control.plan.PlanState.Running;
import io.laneway.control.store.Rows.PlanRow;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The metric {@code laneway_control_plans{shift,state}}: 1 for the state of each plan. A plan that runs and is kept at its
 * step by its guard is {@code held}. Confined to one thread, but for reading.
 */
public final class PlanMetric {

    private volatile Map<String, String> states = Map.of();

    public PlanMetric(PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name("laneway_control_plans")
                .help("1 for the state that the plan of a shift is in")
                .labelNames("shift", "state")
                .callback(gauge -> states.forEach((shift, state) -> gauge.call(1, shift, state)))
                .register(registry);
    }

    /** Takes the plans as they are now. A plan that was removed has no series. */
    public void take(List<PlanRow> plans) {
        Map<String, String> now = new TreeMap<>();
        plans.forEach(row -> now.put(row.shift(), word(PlanDocument.read(row.body()))));
        states = now;
    }

    private static String word(PlanState state) {
        boolean held = state instanceof Running && !state.why().isEmpty();
        return held ? "held" : state.status().word();
    }
}
