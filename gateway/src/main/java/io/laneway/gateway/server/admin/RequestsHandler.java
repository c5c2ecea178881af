package io.laneway.gateway.server.admin;

import io.laneway.gateway.server.adminhttp.AdminCall;
import io.laneway.gateway.telemetry.records.RequestRecords;
import java.util.List;
import java.util.Map;

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

    /** Responds to what it understands; false leaves the call to others. */
    boolean explain(AdminCall call) {
        Map<String, List<String>> query = call.query();
        boolean request = query.containsKey(REQUEST);
        if (!request && !query.containsKey(TRACE)) {
            return false;
        }
        String by = request ? REQUEST : TRACE;
        List<String> ids = query.getOrDefault(by, List.of());
        if (query.size() != 1 || ids.size() != 1) {
            call.problem(400, by + ": with other parameters (expected: request or trace alone)");
            return true;
        }
        String id = ids.get(0).trim();
        call.work(() -> request ? records.byRequestId(id) : records.byTraceId(id), found -> respond(call, by, found));
        return true;
    }

    private static void respond(AdminCall call, String by, List<String> found) {
        if (found.isEmpty()) {
            call.problem(
                    404, "no such " + by + " is remembered here (expected: the id of a request that ended lately)");
        } else {
            call.json(200, "{\"requests\":[" + String.join(",", found) + "]}\n");
        }
    }
}
