package io.laneway.gateway.server.admin;

import io.laneway.gateway.server.admin.AdminParts.Phase;
import io.laneway.gateway.server.adminhttp.AdminCall;
import io.laneway.gateway.server.adminhttp.CallRoutes;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /drain}, {@code POST /accept} and {@code POST /logging?level=}. Pages in a browser may not call them: what
 * comes with an {@code Origin} is refused.
 */
final class CommandHandler {

    private static final Set<String> LEVELS = Set.of("error", "warn", "info", "debug", "trace", "off");

    private final AdminParts parts;

    CommandHandler(AdminParts parts) {
        this.parts = parts;
    }

    void mount(CallRoutes routes) {
        routes.post("/drain", unlessOfAPage(this::drain));
        routes.post("/accept", unlessOfAPage(this::accept));
        routes.post("/logging", unlessOfAPage(this::logging));
    }

    private static CallRoutes.Handler unlessOfAPage(CallRoutes.Handler handler) {
        return call -> {
            if (call.header("origin") == null) {
                handler.handle(call);
            } else {
                call.problem(403, "not for pages in a browser");
            }
        };
    }

    /** Answers at once how far it is, or with {@code ?wait=true} when it is done. */
    private void drain(AdminCall call) {
        CompletionStage<Integer> drained = parts.leaving().drain().get();
        if ("true".equals(call.parameter("wait"))) {
            drained.thenAccept(cut -> call.json(200, progress().put("cut", cut)));
        } else {
            call.json(202, progress());
        }
    }

    private JsonObject progress() {
        return new JsonObject()
                .put("draining", true)
                .put("done", parts.phase().get() == Phase.DRAINED)
                .put("connections", parts.leaving().connections().getAsInt());
    }

    private void accept(AdminCall call) {
        parts.tables().accept().whenComplete((accepted, error) -> {
            if (error != null) {
                call.fail(error);
            } else if (accepted) {
                long revision = parts.tables().holder().status().followed().revision();
                call.json(200, new JsonObject().put("accepted", true).put("revision", revision));
            } else {
                call.problem(409, "no changed source waits to be accepted");
            }
        });
    }

    private void logging(AdminCall call) {
        String level = call.parameter("level").toLowerCase(Locale.ROOT);
        String logger = call.parameter("logger");
        if (!LEVELS.contains(level)) {
            call.problem(400, "level: '" + level + "' (expected: one of " + LEVELS + ")");
        } else if (parts.logLevels().set(logger, level)) {
            call.json(200, new JsonObject().put("logger", logger).put("level", level));
        } else {
            call.problem(501, "the logging in use does not change levels while running");
        }
    }
}
