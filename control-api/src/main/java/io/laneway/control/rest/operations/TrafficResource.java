package io.laneway.control.rest.operations;

import io.laneway.control.auth.Role;
import io.laneway.control.http.Call;
import io.laneway.control.http.ListPage;
import io.laneway.control.http.ListQuery;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.Compact;
import io.laneway.control.http.message.Reply;
import io.laneway.control.traffic.FlowSum;
import io.laneway.control.traffic.Slots;
import io.laneway.control.traffic.Traffic;
import io.laneway.control.traffic.TrafficView;
import io.laneway.control.traffic.TrafficView.Cell;
import io.laneway.router.text.Slug;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;

/**
 * {@code GET /v1/traffic}: what passed within the last minute, by service and by the lane asked for, and which lanes
 * served it.
 */
public final class TrafficResource {

    /** A page where the call does not say; one of a large system would be tens of megabytes. */
    private static final int LIMIT = 200;

    private static final int MAX_NAME = 500;
    private static final String WORD = "__";

    private final Traffic traffic;
    private final Clock clock;

    public TrafficResource(Traffic traffic, Clock clock) {
        this.traffic = traffic;
        this.clock = clock;
    }

    /** Adds its route. */
    public void mount(Routes routes) {
        routes.add(
                HttpMethod.GET, "/v1/traffic{?" + ListQuery.NAMES + ",lane,service,served}", Role.VIEWER, this::list);
    }

    private Future<Reply> list(Call call) {
        ListQuery query = ListQuery.of(call, LIMIT);
        String service = ListQuery.text(call, "service", MAX_NAME);
        String lane = slug(ListQuery.text(call, "lane", MAX_NAME));
        String served = slug(ListQuery.text(call, "served", MAX_NAME));
        boolean anyLane = call.query("lane") == null;
        TrafficView passed = traffic.view(clock.millis());
        List<Cell> matching = passed.cells().stream()
                .filter(cell -> query.finds(cell.service(), cell.asked())
                        && (service.isEmpty() || service.equals(cell.service()))
                        && (anyLane || lane.equals(cell.asked()))
                        && (served.isEmpty() || cell.servedBy().containsKey(served)))
                .toList();
        ListPage<Cell> page = ListPage.of(query, matching, cell -> cell.service() + " " + cell.asked());
        JsonArray cells = new JsonArray();
        page.items().forEach(cell -> cells.add(json(cell)));
        JsonObject body = new JsonObject()
                .put("window", Slots.WINDOW_SECONDS)
                .put("slot", passed.slot())
                .put("settling", passed.settling())
                .put("cells", cells);
        return Compact.list(call.context().request(), page.addTo(body));
    }

    /** A lane by its name, or a word of gateways such as {@code __unknown__}. */
    private static String slug(String lane) {
        return lane.startsWith(WORD) ? lane : Slug.of(lane);
    }

    private static JsonObject json(Cell cell) {
        FlowSum sum = cell.sum();
        JsonArray servedBy = new JsonArray();
        cell.servedBy()
                .forEach((lane, count) -> servedBy.add(new JsonObject()
                        .put("lane", lane)
                        .put("requests", count.requests())
                        .put("errors", count.errors())));
        JsonObject json = new JsonObject()
                .put("service", cell.service())
                .put("lane", cell.asked())
                .put("requests", sum.requests())
                .put("errors", sum.errors())
                .put("fallbacks", new JsonObject().put("unready", sum.unready()).put("absent", sum.absent()))
                .put("servedBy", servedBy)
                .put(
                        "sparkline",
                        new JsonObject().put("requests", sum.sparkline()).put("errors", sum.failures()));
        return sum.times(json);
    }
}
