package io.laneway.gateway.server.admin;

import io.laneway.gateway.telemetry.records.Tail;
import io.laneway.gateway.telemetry.tap.RecordFilter;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code GET /tail}: finished requests as they come, one JSON object a line, for as long as the client reads. {@link
 * TailStream} has the lines.
 */
final class TailHandler {

    /** As many may be open at once. */
    private static final int MOST = 16;

    private final Tail tail;
    private final TailStream.Count open = new TailStream.Count();

    TailHandler(Tail tail) {
        this.tail = tail;
    }

    void mount(Router router) {
        router.get("/tail").handler(this::open);
    }

    private void open(RoutingContext call) {
        RecordFilter filter;
        try {
            filter = RecordFilter.parse(conditions(call));
        } catch (IllegalArgumentException e) {
            AdminResponses.problem(call, 400, String.valueOf(e.getMessage()));
            return;
        }
        if (open.get() >= MOST) {
            AdminResponses.problem(call, 429, "tail: " + MOST + " are open (expected: fewer at once)");
            return;
        }
        new TailStream(call, open).start(tail, filter);
    }

    private static Map<String, String> conditions(RoutingContext call) {
        Map<String, String> conditions = new HashMap<>();
        for (String name : call.queryParams().names()) {
            List<String> values = call.queryParams().getAll(name);
            if (values.size() > 1) {
                throw new IllegalArgumentException(name + ": given " + values.size() + " times (expected: once)");
            }
            conditions.put(name, values.get(0));
        }
        return conditions;
    }
}
