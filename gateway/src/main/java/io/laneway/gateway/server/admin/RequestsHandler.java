package io.laneway.gateway.server.admin;

import io.laneway.gateway.telemetry.records.RequestRecords;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/**
 * {@code GET /explain?request=ID} and {@code GET /explain?trace=ID}: what was decided for requests that this gateway
 * remembers. Looks them up on a worker thread. Other questions of {@code /explain} are left to {@link ExplainHandler}.
 */
final class RequestsHandler {

    private static final String REQUEST = "request";
    private static final String TRACE = "trace";

    private final RequestRecords records;

    RequestsHandler(AdminParts parts) {
        this.records = parts.requests();
    }

    void mount(Router router) {
        router.get("/explain").handler(this::explain);
    }

    private void explain(RoutingContext call) {
        MultiMap query = call.queryParams();
        boolean request = query.contains(REQUEST);
        if (!request && !query.contains(TRACE)) {
            call.next();
            return;
        }
        String by = request ? REQUEST : TRACE;
        if (!query.names().equals(Set.of(by)) || query.getAll(by).size() != 1) {
            AdminResponses.problem(call, 400, by + ": with other parameters (expected: request or trace alone)");
            return;
        }
        String id = query.get(by).trim();
        call.vertx()
                .executeBlocking(() -> request ? records.byRequestId(id) : records.byTraceId(id), false)
                .onSuccess(found -> respond(call, by, found))
                .onFailure(call::fail);
    }

    private static void respond(RoutingContext call, String by, List<String> found) {
        if (found.isEmpty()) {
            AdminResponses.problem(
                    call,
                    404,
                    "no such " + by + " is remembered here (expected: the id of a request that ended lately)");
            return;
        }
        call.response()
                .putHeader("content-type", "application/json")
                .putHeader("cache-control", "no-store")
                .end(Buffer.buffer("{\"requests\":[" + String.join(",", found) + "]}\n"));
    }
}
