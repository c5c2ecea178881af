package io.laneway.gateway.server.admin;

import io.laneway.gateway.server.adminhttp.AdminCall;
import io.laneway.gateway.server.adminhttp.CallRoutes;
import io.laneway.gateway.server.tables.FollowedTable;
import io.laneway.gateway.server.tables.TableStatus;
import io.laneway.router.codec.TableWriter;
import io.laneway.router.table.CompiledTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

    void mount(CallRoutes routes) {
        routes.get("/server_info", call -> call.json(200, info()));
        routes.get("/config_dump", call -> call.json(200, ShownConfig.of(parts.config())));
        routes.get("/table", this::table);
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
    private void table(AdminCall call) {
        JsonObject status = status();
        CompiledTable<?, ?> table = parts.tables().holder().get();
        if (table == null || "false".equals(call.parameter("table"))) {
            call.json(200, status);
            return;
        }
        call.work(
                () -> withTable(status, TableWriter.json(table.model())),
                json -> call.respond(200, "application/json", json));
    }

    private static byte[] withTable(JsonObject status, byte[] table) {
        String head = AdminCall.text(status);
        byte[] before = (head.substring(0, head.length() - 1) + ",\"table\":").getBytes(StandardCharsets.UTF_8);
        byte[] after = {'}', '\n'};
        byte[] all = Arrays.copyOf(before, before.length + table.length + after.length);
        System.arraycopy(table, 0, all, before.length, table.length);
        System.arraycopy(after, 0, all, before.length + table.length, after.length);
        return all;
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
                .put("problems", ShownProblems.of(status.problems()))
                .put("warnings", ShownProblems.of(status.warnings()));
    }

    private static JsonObject waiting(FollowedTable waiting) {
        return new JsonObject().put("store", waiting.store()).put("revision", waiting.revision());
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
