package io.laneway.gateway.server.admin;

import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.router.decision.Explanation;
import io.laneway.router.decision.ListenerTraits;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.request.RequestDraft;
import io.laneway.router.table.CompiledTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /explain?service=&lane=&tenant=} and {@code POST /explain}: runs the gateway's own decision on a request
 * made up for it, with this gateway's listeners and what it knows of the endpoints' health.
 */
final class ExplainHandler {

    private static final long MAX_BODY = 64 * 1024;
    private static final Set<String> KEYS = Set.of("listener", "service", "lane", "tenant", "host", "path", "headers");

    private final AdminParts parts;

    ExplainHandler(AdminParts parts) {
        this.parts = parts;
    }

    void mount(Router router) {
        router.get("/explain").handler(this::get);
        router.post("/explain")
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY))
                .handler(this::post);
    }

    private void get(RoutingContext call) {
        JsonObject question = new JsonObject();
        call.queryParams().forEach(parameter -> question.put(parameter.getKey(), parameter.getValue()));
        respond(call, question);
    }

    private void post(RoutingContext call) {
        JsonObject question;
        try {
            question = call.body().asJsonObject();
        } catch (RuntimeException e) {
            question = null;
        }
        if (question == null) {
            AdminResponses.problem(call, 400, "body: not a JSON object");
        } else {
            respond(call, question);
        }
    }

    private void respond(RoutingContext call, JsonObject question) {
        CompiledTable<?, ?> table = parts.tables().holder().get();
        if (table == null) {
            AdminResponses.problem(call, 503, "no lane table yet");
            return;
        }
        try {
            AdminResponses.json(
                    call, 200, new JsonObject(explain(table, question).toMap()));
        } catch (IllegalArgumentException | ClassCastException e) {
            AdminResponses.problem(call, 400, String.valueOf(e.getMessage()));
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
