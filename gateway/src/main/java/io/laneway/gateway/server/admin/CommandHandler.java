package io.laneway.gateway.server.admin;

import io.laneway.gateway.server.admin.AdminParts.Phase;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
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

    void mount(Router router) {
        router.post("/drain").handler(CommandHandler::refusePages).handler(this::drain);
        router.post("/accept").handler(CommandHandler::refusePages).handler(this::accept);
        router.post("/logging").handler(CommandHandler::refusePages).handler(this::logging);
    }

    private static void refusePages(RoutingContext call) {
        if (call.request().getHeader("origin") == null) {
            call.next();
        } else {
            AdminResponses.problem(call, 403, "not for pages in a browser");
        }
    }

    /** Answers at once how far it is, or with {@code ?wait=true} when it is done. */
    private void drain(RoutingContext call) {
        CompletionStage<Integer> drained = parts.leaving().drain().get();
        if ("true".equals(call.request().getParam("wait"))) {
            drained.thenAccept(cut -> call.vertx()
                    .runOnContext(
                            go -> AdminResponses.json(call, 200, progress().put("cut", cut))));
        } else {
            AdminResponses.json(call, 202, progress());
        }
    }

    private JsonObject progress() {
        return new JsonObject()
                .put("draining", true)
                .put("done", parts.phase().get() == Phase.DRAINED)
                .put("connections", parts.leaving().connections().getAsInt());
    }

    private void accept(RoutingContext call) {
        parts.tables()
                .accept()
                .whenComplete((accepted, error) -> call.vertx().runOnContext(go -> {
                    if (error != null) {
                        call.fail(error);
                    } else if (accepted) {
                        long revision =
                                parts.tables().holder().status().followed().revision();
                        AdminResponses.json(
                                call,
                                200,
                                new JsonObject().put("accepted", true).put("revision", revision));
                    } else {
                        AdminResponses.problem(call, 409, "no changed source waits to be accepted");
                    }
                }));
    }

    private void logging(RoutingContext call) {
        String level = call.request().getParam("level", "").toLowerCase(Locale.ROOT);
        String logger = call.request().getParam("logger", "");
        if (!LEVELS.contains(level)) {
            AdminResponses.problem(call, 400, "level: '" + level + "' (expected: one of " + LEVELS + ")");
        } else if (parts.logLevels().set(logger, level)) {
            AdminResponses.json(
                    call, 200, new JsonObject().put("logger", logger).put("level", level));
        } else {
            AdminResponses.problem(call, 501, "the logging in use does not change levels while running");
        }
    }
}
