package io.laneway.gateway.server.admin;

import io.laneway.gateway.server.tables.FollowedTable;
import io.laneway.gateway.server.tables.TableStatus;
import io.laneway.router.codec.TableWriter;
import io.laneway.router.table.CompiledTable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code /server_info}, {@code /config_dump} and {@code /table}. */
final class StateHandler {

    private static final int SECONDS = 1000;

    private final AdminParts parts;

    StateHandler(AdminParts parts) {
        this.parts = parts;
    }

    void mount(Router router) {
        router.get("/server_info").handler(call -> AdminResponses.json(call, 200, info()));
        router.get("/config_dump").handler(call -> AdminResponses.json(call, 200, ShownConfig.of(parts.config())));
        router.get("/table").handler(this::table);
    }

    private JsonObject info() {
        return new JsonObject()
                .put("id", parts.config().id())
                .put("version", parts.version())
                .put("java", Runtime.version().toString())
                .put("state", parts.phase().get().name().toLowerCase(Locale.ROOT))
                .put("pid", ProcessHandle.current().pid())
                .put("uptimeSeconds", ManagementFactory.getRuntimeMXBean().getUptime() / SECONDS)
                .put("listeners", new JsonArray(parts.listeners().get()))
                .put(
                        "tlsProblems",
                        new JsonObject(new LinkedHashMap<>(parts.tlsProblems().get())))
                .put("source", parts.tables().sourceName())
                .put("revision", parts.tables().holder().status().followed().revision());
    }

    /** The table is written on a worker thread: a large one takes a while. {@code ?table=false} leaves it out. */
    private void table(RoutingContext call) {
        JsonObject status = status();
        CompiledTable<?, ?> table = parts.tables().holder().get();
        if (table == null || "false".equals(call.request().getParam("table"))) {
            AdminResponses.json(call, 200, status);
            return;
        }
        call.vertx()
                .executeBlocking(() -> TableWriter.json(table.model()), false)
                .onSuccess(json -> call.response()
                        .putHeader("content-type", "application/json")
                        .end(withTable(status, json)))
                .onFailure(call::fail);
    }

    private static Buffer withTable(JsonObject status, byte[] table) {
        String head = status.encode();
        return Buffer.buffer(head.substring(0, head.length() - 1))
                .appendString(",\"table\":")
                .appendBytes(table)
                .appendString("}\n");
    }

    private JsonObject status() {
        TableStatus status = parts.tables().holder().status();
        FollowedTable waiting = status.waiting();
        return new JsonObject()
                .put("revision", status.followed().revision())
                .put("store", orNull(status.followed().store()))
                .put("origin", status.origin().name().toLowerCase(Locale.ROOT))
                .put(
                        "updated",
                        status.updated() == null ? null : status.updated().toString())
                .put("source", parts.tables().sourceName())
                .put("connected", status.connected())
                .put("detail", status.detail())
                .put("source_changed", waiting == null ? null : waiting(waiting))
                .put("problems", AdminResponses.problems(status.problems()))
                .put("warnings", AdminResponses.problems(status.warnings()));
    }

    private static JsonObject waiting(FollowedTable waiting) {
        return new JsonObject().put("store", waiting.store()).put("revision", waiting.revision());
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
