package io.laneway.control.plan;

import io.laneway.control.plan.PlanState.Running;
import io.laneway.control.store.Rows.PlanRow;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.List;

/**
 * The metric {@code laneway_control_plans{shift,state}}: 1 for the state of each plan. A plan that runs and is kept at its
 * step by its guard is {@code held}. Confined to one thread.
 */
public final class PlanMetric {

    private final MultiGauge gauge;

    public PlanMetric(MeterRegistry registry) {
        this.gauge = MultiGauge.builder("laneway_control_plans")
                .description("1 for the state that the plan of a shift is in")
                .register(registry);
    }

    /** Takes the plans as they are now. A plan that was removed has no series. */
    public void take(List<PlanRow> plans) {
        gauge.register(plans.stream().<Row<?>>map(PlanMetric::row).toList(), true);
    }

    private static Row<?> row(PlanRow row) {
        return Row.of(Tags.of("shift", row.shift(), "state", word(PlanDocument.read(row.body()))), 1);
    }

    private static String word(PlanState state) {
        boolean held = state instanceof Running && !state.why().isEmpty();
        return held ? "held" : state.status().word();
    }
}
