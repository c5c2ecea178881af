package io.laneway.gateway.server.admin;

import io.laneway.gateway.server.admin.AdminParts.Phase;
import io.laneway.gateway.server.adminhttp.AdminCall;
import io.laneway.gateway.server.adminhttp.CallRoutes;
import io.laneway.gateway.telemetry.metrics.Exposition;
import io.laneway.gateway.telemetry.metrics.Exposition.Format;
import io.laneway.gateway.telemetry.metrics.MetricSource;
import io.vertx.core.json.JsonObject;

/** {@code /livez}, {@code /readyz} and {@code /metrics}. */
final class Probes {

    private final AdminParts parts;

    Probes(AdminParts parts) {
        this.parts = parts;
    }

    void mount(CallRoutes routes) {
        routes.get("/livez", call -> call.json(200, new JsonObject().put("live", true)));
        routes.get("/readyz", this::ready);
        routes.get("/metrics", this::metrics);
    }

    private void ready(AdminCall call) {
        String why = notReady();
        JsonObject body = new JsonObject().put("ready", why.isEmpty());
        call.json(why.isEmpty() ? 200 : 503, why.isEmpty() ? body : body.put("reason", why));
    }

    private String notReady() {
        Phase phase = parts.phase().get();
        if (!phase.takesRequests()) {
            return "draining";
        }
        if (parts.tables().holder().get() == null) {
            return "no lane table yet";
        }
        return phase == Phase.STARTING ? "starting" : "";
    }

    /** The form that the client likes best (RFC 9110, 12.5.1): plain text if it takes anything. */
    private static Format preferred(AdminCall call) {
        for (AcceptedType type : AcceptedType.list(call.headers("accept"))) {
            if (Format.accepted(type.name()) == Format.OPEN_METRICS) {
                return Format.OPEN_METRICS;
            }
            if (type.name().startsWith("text/") || type.name().startsWith("*/")) {
                return Format.PROMETHEUS;
            }
        }
        return Format.PROMETHEUS;
    }

    private void metrics(AdminCall call) {
        Format format = preferred(call);
        call.work(
                () -> {
                    Exposition out = new Exposition();
                    for (MetricSource source : parts.metrics()) {
                        source.write(out);
                    }
                    return out.end(format);
                },
                text -> call.respond(200, format.contentType(), text));
    }
}
