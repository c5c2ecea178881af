package io.laneway.control.event;

import io.laneway.control.overview.LaneFacts;
import io.laneway.control.overview.RowWriter;
import io.laneway.control.overview.ServiceFacts;
import io.laneway.control.overview.TableIndex;
import io.laneway.control.overview.TableIndexes;
import io.laneway.control.plan.PlanState;
import io.laneway.control.traffic.TrafficView;
import io.laneway.router.model.shift.Shift;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says which rows of the overview look otherwise now, whatever changed them: lanes, services and shifts. Confined to the
 * hub's thread.
 */
final class RowEvents implements EventSource {

    private static final int MOST = 100;

    private final TableIndexes tables;
    private final Supplier<TrafficView> traffic;
    private final Supplier<Map<String, PlanState>> plans;
    private final RowWriter rows;
    private @Nullable TableIndex known;

    RowEvents(
            TableIndexes tables,
            Supplier<TrafficView> traffic,
            Supplier<Map<String, PlanState>> plans,
            RowWriter rows) {
        this.tables = tables;
        this.traffic = traffic;
        this.plans = plans;
        this.rows = rows;
    }

    @Override
    public void begin() {
        known = tables.now();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // an index is made once a revision
    public void look(Emitter out) {
        TableIndex before = known;
        TableIndex now = tables.now();
        if (before == null || before == now) {
            return;
        }
        known = now;
        BiFunction<LaneFacts, TrafficView, JsonObject> lane = rows::lane;
        BiFunction<ServiceFacts, TrafficView, JsonObject> service = rows::service;
        TrafficView passed = traffic.get();
        changed("lanes", before.lanes(), now.lanes(), facts -> lane.apply(facts, passed), now, out);
        changed("services", before.services(), now.services(), facts -> service.apply(facts, passed), now, out);
        Map<String, PlanState> running = plans.get();
        Function<Shift, JsonObject> shift = one -> rows.shift(one, running);
        changed("shifts", before.shifts(), now.shifts(), shift, now, out);
    }

    private static <T> void changed(
            String name,
            Map<String, T> before,
            Map<String, T> now,
            Function<T, JsonObject> row,
            TableIndex table,
            Emitter out) {
        JsonArray changed = new JsonArray();
        JsonArray removed = new JsonArray();
        int count = 0;
        for (Map.Entry<String, T> one : now.entrySet()) {
            if (!one.getValue().equals(before.get(one.getKey())) && ++count <= MOST) {
                changed.add(row.apply(one.getValue()));
            }
        }
        for (String gone : before.keySet()) {
            if (!now.containsKey(gone) && ++count <= MOST) {
                removed.add(gone);
            }
        }
        if (count > 0) {
            boolean reload = count > MOST;
            out.emit(
                    name,
                    new JsonObject()
                            .put("revision", table.state().revision())
                            .put(name, reload ? new JsonArray() : changed)
                            .put("removed", reload ? new JsonArray() : removed)
                            .put("reload", reload));
        }
    }
}
