package io.laneway.control.overview;

import io.laneway.control.auth.Role;
import io.laneway.control.gateways.GatewayRegistry;
import io.laneway.control.gateways.KnownGateway;
import io.laneway.control.http.Call;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.Compact;
import io.laneway.control.http.message.Reply;
import io.laneway.control.lane.LaneLife;
import io.laneway.control.overview.RowOrder.Place;
import io.laneway.control.plan.PlanState;
import io.laneway.control.store.Rows.LaneUse;
import io.laneway.control.traffic.Slots;
import io.laneway.control.traffic.Traffic;
import io.laneway.control.traffic.TrafficView;
import io.laneway.router.text.Slug;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/overview}: a page of lanes, and on the first one all services, shifts and gateways: what a console shows
 * first, in one call.
 */
public final class OverviewResource {

    private static final int MOST_GATEWAYS = 500;

    private final TableIndexes tables;
    private final Traffic traffic;
    private final GatewayRegistry gateways;
    private final Supplier<Map<String, PlanState>> plans;
    private final LaneLife life;
    private final Supplier<String> store;
    private final Clock clock;
    private final RowWriter rows;

    /** @param store the id of the store */
    public OverviewResource(
            TableIndexes tables,
            Traffic traffic,
            GatewayRegistry gateways,
            Supplier<Map<String, PlanState>> plans,
            LaneLife life,
            Supplier<String> store,
            Clock clock) {
        this.tables = tables;
        this.traffic = traffic;
        this.gateways = gateways;
        this.plans = plans;
        this.life = life;
        this.store = store;
        this.clock = clock;
        this.rows = new RowWriter(life);
    }

    /** Adds its route. */
    public void mount(Routes routes) {
        routes.add(HttpMethod.GET, "/v1/overview{?" + OverviewQuery.NAMES + "}", Role.VIEWER, this::overview);
    }

    private Future<Reply> overview(Call call) {
        OverviewQuery query = OverviewQuery.of(call);
        TableIndex table = tables.now();
        List<KnownGateway> known = gateways.all();
        TrafficView passed = traffic.view(clock.millis());
        JsonObject body = head(table, known, passed);
        lanes(query, table, passed, body);
        if (query.first()) {
            first(table, known, passed, body);
        }
        return Compact.list(call.context().request(), body);
    }

    private JsonObject head(TableIndex table, List<KnownGateway> known, TrafficView passed) {
        return new JsonObject()
                .put("store", store.get())
                .put("revision", table.state().revision())
                .put("edited", table.state().edited())
                .put("base", table.state().published().base())
                .put("window", Slots.WINDOW_SECONDS)
                .put("slot", passed.slot())
                .put("settling", passed.settling())
                .put(
                        "counts",
                        new JsonObject()
                                .put("lanes", table.lanes().size() - 1)
                                .put("services", table.services().size())
                                .put("deployments", table.deployments())
                                .put("gateways", known.size())
                                .put("connected", RowWriter.connected(known)));
    }

    private void lanes(OverviewQuery query, TableIndex table, TrafficView passed, JsonObject body) {
        TreeMap<Place, LaneFacts> found = new TreeMap<>();
        table.lanes().values().stream()
                .filter(facts -> !facts.base() && query.takes(facts))
                .forEach(facts -> found.put(new Place(value(query, facts, passed), facts.slug()), facts));
        Place after = query.order().place(query.list().after());
        Map<String, LaneFacts> page = new LinkedHashMap<>();
        JsonArray lanes = new JsonArray();
        Place last = null;
        for (Map.Entry<Place, LaneFacts> one : rest(found, after).entrySet()) {
            if (lanes.size() == query.list().limit()) {
                body.put("next", query.order().cursor(last == null ? one.getKey() : last));
                break;
            }
            last = one.getKey();
            page.put(one.getValue().slug(), one.getValue());
            lanes.add(rows.lane(one.getValue(), passed));
        }
        body.put("total", found.size()).put("lanes", lanes).put("ancestors", ancestors(page, table, passed));
    }

    private static Map<Place, LaneFacts> rest(NavigableMap<Place, LaneFacts> found, @Nullable Place after) {
        return after == null ? found : found.tailMap(after, false);
    }

    private long value(OverviewQuery query, LaneFacts facts, TrafficView passed) {
        return switch (query.order()) {
            case NAME -> 0;
            case REQUESTS -> RowWriter.asked(facts, passed).requests();
            case ERRORS -> RowWriter.asked(facts, passed).errors();
            case LAST_USED -> {
                LaneUse use = life.known(facts.slug());
                yield use == null ? 0 : use.at();
            }
        };
    }

    /** The lanes to which those of a page fall back, so that each of its cells can be drawn. */
    private JsonArray ancestors(Map<String, LaneFacts> page, TableIndex table, TrafficView passed) {
        Map<String, LaneFacts> missing = new TreeMap<>();
        for (LaneFacts facts : page.values()) {
            for (String name : facts.fallsBackTo()) {
                LaneFacts ancestor = table.lanes().get(Slug.of(name));
                if (ancestor != null && !ancestor.base() && !page.containsKey(ancestor.slug())) {
                    missing.put(ancestor.slug(), ancestor);
                }
            }
        }
        JsonArray ancestors = new JsonArray();
        missing.values().forEach(facts -> ancestors.add(rows.lane(facts, passed)));
        return ancestors;
    }

    private void first(TableIndex table, List<KnownGateway> known, TrafficView passed, JsonObject body) {
        JsonArray services = new JsonArray();
        table.services().values().forEach(facts -> services.add(rows.service(facts, passed)));
        Map<String, PlanState> running = plans.get();
        JsonArray shifts = new JsonArray();
        table.shifts().values().forEach(shift -> shifts.add(rows.shift(shift, running)));
        body.put("baseLane", rows.lane(table.base(), passed))
                .put("services", services)
                .put("shifts", shifts)
                .put(
                        "gateways",
                        RowWriter.gateways(known, store.get(), table.state().revision(), MOST_GATEWAYS));
    }
}
