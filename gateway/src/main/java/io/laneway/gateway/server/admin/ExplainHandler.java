package io.laneway.gateway.server.admin;

import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.server.adminhttp.AdminCall;
import io.laneway.gateway.server.adminhttp.CallRoutes;
import io.laneway.router.decision.Explanation;
import io.laneway.router.decision.ListenerTraits;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.request.RequestDraft;
import io.laneway.router.table.CompiledTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /explain?service=&lane=&tenant=} and {@code POST /explain}: runs the gateway's own decision on a request
 * made up for it, with this gateway's listeners and what it knows of the endpoints' health.
 */
final class ExplainHandler {

    private static final Set<String> KEYS = Set.of("listener", "service", "lane", "tenant", "host", "path", "headers");

    private final AdminParts parts;
    private final RequestsHandler past;

    /** @param past responds to questions about requests that ended */
    ExplainHandler(AdminParts parts, RequestsHandler past) {
        this.parts = parts;
        this.past = past;
    }

    void mount(CallRoutes routes) {
        routes.get("/explain", this::get);
        routes.post("/explain", this::post);
    }

    private void get(AdminCall call) {
        if (past.explain(call)) {
            return;
        }
        JsonObject question = new JsonObject();
        call.query().forEach((name, values) -> question.put(name, values.get(values.size() - 1)));
        respond(call, question);
    }

    private void post(AdminCall call) {
        JsonObject question;
        try {
            question = call.jsonBody();
        } catch (RuntimeException e) {
            question = null;
        }
        if (question == null) {
            call.problem(400, "body: not a JSON object");
        } else {
            respond(call, question);
        }
    }

    private void respond(AdminCall call, JsonObject question) {
        CompiledTable<?, ?> table = parts.tables().holder().get();
        if (table == null) {
            call.problem(503, "no lane table yet");
            return;
        }
        try {
            call.json(200, new JsonObject(explain(table, question).toMap()));
        } catch (IllegalArgumentException | ClassCastException e) {
            call.problem(400, String.valueOf(e.getMessage()));
        }
    }

    private Explanation explain(CompiledTable<?, ?> table, JsonObject question) {
        for (String key : question.fieldNames()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(key + ": unknown (expected: one of " + KEYS + ")");
            }
        }
        String service = text(question, "service");
        ListenerTraits traits = listener(text(question, "listener")).traits();
        if (service != null) {
            traits = traits.withService(ServiceId.parse(service));
        }
        String host = text(question, "host");
        String path = text(question, "path");
        RequestDraft draft = new RequestDraft(host == null ? "" : host, path == null ? "/" : path);
        headers(question, draft);
        return Explanation.of(table, traits, draft, text(question, "lane"), text(question, "tenant"));
    }

    private static void headers(JsonObject question, RequestDraft draft) {
        JsonObject headers = question.getJsonObject("headers", new JsonObject());
        for (String name : headers.fieldNames()) {
            Object value = headers.getValue(name);
            JsonArray values = value instanceof JsonArray list ? list : new JsonArray().add(value);
            values.forEach(one -> draft.header(name, String.valueOf(one)));
        }
    }

    private static @Nullable String text(JsonObject question, String key) {
        Object value = question.getValue(key);
        if (value == null || value instanceof String) {
            return value == null || ((String) value).isEmpty() ? null : (String) value;
        }
        throw new IllegalArgumentException(key + ": " + value + " (expected: a text)");
    }

    private ListenerConfig listener(@Nullable String name) {
        if (name == null) {
            return parts.config().listeners().get(0);
        }
        return parts.config().listeners().stream()
                .filter(listener -> listener.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("listener: " + name + " (expected: one of "
                        + parts.config().listeners().stream()
                                .map(ListenerConfig::name)
                                .toList()
                        + ")"));
    }
}
