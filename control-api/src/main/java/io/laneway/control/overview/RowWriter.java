package io.laneway.control.overview;

import io.laneway.control.gateways.KnownGateway;
import io.laneway.control.lane.LaneLife;
import io.laneway.control.plan.PlanState;
import io.laneway.control.traffic.Count;
import io.laneway.control.traffic.FlowSum;
import io.laneway.control.traffic.TrafficView;
import io.laneway.router.model.Lane;
import io.laneway.router.model.shift.Shift;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes lanes, services, shifts and gateways as the console shows them. Stateless, but for the life of lanes. */
public final class RowWriter {

    private static final String REQUESTS = "requests";
    private static final String ERRORS = "errors";

    private final LaneLife life;

    public RowWriter(LaneLife life) {
        this.life = life;
    }

    /** A lane, its deployments, and what asked for it. */
    public JsonObject lane(LaneFacts facts, TrafficView traffic) {
        Lane lane = facts.lane();
        JsonObject row = new JsonObject()
                .put("name", lane.name())
                .put("slug", facts.slug())
                .put("state", lane.state().word())
                .put("mode", lane.mode().word())
                .put("fallsBackTo", new JsonArray(facts.fallsBackTo()))
                .put("description", lane.description())
                .put("keep", lane.keep())
                .put("discovered", facts.discovered());
        if (facts.base()) {
            row.put("base", true);
        }
        put(row, "parent", lane.parent());
        Instant end = lane.expiresAt();
        put(row, "expiresAt", end == null || life.hasTtl(lane) ? null : end.toString());
        life.describe(lane).forEach(row::put);
        if (!facts.environmentOf().isEmpty()) {
            row.put("environmentOf", new JsonArray(facts.environmentOf()));
        }
        row.put("services", own(facts, traffic));
        return traffic(row, facts, traffic);
    }

    private static void put(JsonObject row, String key, @Nullable String value) {
        if (value != null) {
            row.put(key, value);
        }
    }

    private static JsonArray own(LaneFacts facts, TrafficView traffic) {
        JsonArray own = new JsonArray();
        for (OwnDeployment deployment : facts.own()) {
            JsonObject cell = new JsonObject()
                    .put("service", deployment.service())
                    .put("endpoints", deployment.endpoints())
                    .put("usable", deployment.usable());
            Count count = traffic.deployment(deployment.service(), facts.slug());
            own.add(
                    count.requests() == 0
                            ? cell
                            : cell.put(REQUESTS, count.requests()).put(ERRORS, count.errors()));
        }
        return own;
    }

    private static JsonObject traffic(JsonObject row, LaneFacts facts, TrafficView traffic) {
        FlowSum asked = asked(facts, traffic);
        row.put(REQUESTS, asked.requests())
                .put(ERRORS, asked.errors())
                .put("fallbacks", asked.fallbacks())
                .put("served", traffic.served(facts.slug()).requests());
        asked.times(row);
        return asked.requests() == 0 ? row : row.put("sparkline", asked.sparkline());
    }

    /** What asked for a lane; what asked for none asked for the base lane. */
    public static FlowSum asked(LaneFacts facts, TrafficView traffic) {
        FlowSum named = traffic.asked(facts.slug());
        return facts.base() ? named.plus(traffic.asked("")) : named;
    }

    /** A service, its deployment in the base lane, and what was for it. */
    public JsonObject service(ServiceFacts facts, TrafficView traffic) {
        String id = facts.id().toString();
        JsonObject row = new JsonObject().put("id", id).put("name", facts.id().name());
        put(row, "namespace", facts.id().namespace());
        put(row, "shift", facts.shift());
        row.put("discovered", facts.discovered()).put("deployments", facts.deployments());
        OwnDeployment base = facts.base();
        if (base != null) {
            row.put("base", new JsonObject().put("endpoints", base.endpoints()).put("usable", base.usable()));
        }
        FlowSum sum = traffic.service(id);
        return sum.times(row.put(REQUESTS, sum.requests()).put(ERRORS, sum.errors()));
    }

    /** A shift, its shares, and where its plan is. */
    public JsonObject shift(Shift shift, Map<String, PlanState> plans) {
        JsonArray environments = new JsonArray();
        shift.environments()
                .forEach(environment -> environments.add(new JsonObject()
                        .put("lane", environment.lane())
                        .put("share", environment.share().toString())
                        .put(REQUESTS, environment.requests().share().toString())));
        JsonObject row = new JsonObject()
                .put("name", shift.name())
                .put("enabled", shift.enabled())
                .put("environments", environments);
        PlanState plan = plans.get(shift.name());
        return plan == null ? row : row.put("plan", plan(plan));
    }

    /** Where a plan is. */
    public static JsonObject plan(PlanState plan) {
        return new JsonObject()
                .put("lane", plan.plan().lane())
                .put("status", plan.status().word())
                .put("step", plan.step())
                .put("of", plan.plan().steps().size())
                .put("since", Instant.ofEpochMilli(plan.progress().since()).toString())
                .put("why", plan.why());
    }

    /** Gateways as the API shows them, at most so many. */
    public static JsonArray gateways(List<KnownGateway> known, String store, long revision, int most) {
        JsonArray rows = new JsonArray();
        known.stream().limit(most).forEach(gateway -> rows.add(gateway.json(store, revision)));
        return rows;
    }

    static long connected(List<KnownGateway> known) {
        return known.stream().filter(KnownGateway::connected).count();
    }
}
