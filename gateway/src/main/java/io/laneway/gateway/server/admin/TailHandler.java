package io.laneway.gateway.server.admin;

import io.laneway.gateway.server.adminhttp.AdminCall;
import io.laneway.gateway.server.adminhttp.CallRoutes;
import io.laneway.gateway.telemetry.records.Tail;
import io.laneway.gateway.telemetry.tap.RecordFilter;
import java.util.HashMap;
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

    void mount(CallRoutes routes) {
        routes.get("/tail", this::open);
    }

    private void open(AdminCall call) {
        RecordFilter filter;
        try {
            filter = RecordFilter.parse(conditions(call));
        } catch (IllegalArgumentException e) {
            call.problem(400, String.valueOf(e.getMessage()));
            return;
        }
        if (open.get() >= MOST) {
            call.problem(429, "tail: " + MOST + " are open (expected: fewer at once)");
            return;
        }
        call.stream("application/x-ndjson", stream -> new TailStream(stream, open).start(tail, filter));
    }

    private static Map<String, String> conditions(AdminCall call) {
        Map<String, String> conditions = new HashMap<>();
        call.query().forEach((name, values) -> {
            if (values.size() > 1) {
                throw new IllegalArgumentException(name + ": given " + values.size() + " times (expected: once)");
            }
            conditions.put(name, values.get(0));
        });
        return conditions;
    }
}
