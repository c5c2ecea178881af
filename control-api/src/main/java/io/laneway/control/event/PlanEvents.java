package io.laneway.control.event;

import io.laneway.control.overview.RowWriter;
import io.laneway.control.plan.PlanState;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Says where plans are, each time one of them is elsewhere. Confined to the hub's thread. */
final class PlanEvents implements EventSource {

    private final Supplier<Map<String, PlanState>> plans;
    private Map<String, JsonObject> known = Map.of();

    /** @param plans as they were when this replica looked last */
    PlanEvents(Supplier<Map<String, PlanState>> plans) {
        this.plans = plans;
    }

    @Override
    public void begin() {
        known = shown();
    }

    private Map<String, JsonObject> shown() {
        Map<String, JsonObject> shown = new HashMap<>();
        plans.get().forEach((shift, plan) -> shown.put(shift, RowWriter.plan(plan)));
        return shown;
    }

    @Override
    public void look(Emitter out) {
        Map<String, JsonObject> before = known;
        Map<String, JsonObject> now = shown();
        known = now;
        new TreeMap<>(now).forEach((shift, plan) -> {
            if (!plan.equals(before.get(shift))) {
                out.emit(
                        "plan",
                        new JsonObject().put("shift", shift).mergeIn(plan).put("removed", false));
            }
        });
        before.keySet().stream()
                .filter(shift -> !now.containsKey(shift))
                .forEach(shift ->
                        out.emit("plan", new JsonObject().put("shift", shift).put("removed", true)));
    }
}
