package io.laneway.gateway.server.admin;

import io.laneway.gateway.server.admin.AdminParts.Phase;
import io.laneway.gateway.telemetry.metrics.Exposition;
import io.laneway.gateway.telemetry.metrics.Exposition.Format;
import io.laneway.gateway.telemetry.metrics.MetricSource;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code /livez}, {@code /readyz} and {@code /metrics}. */
final class Probes {

    private final AdminParts parts;

    Probes(AdminParts parts) {
        this.parts = parts;
    }

    void mount(Router router) {
        router.get("/livez").handler(call -> AdminResponses.json(call, 200, new JsonObject().put("live", true)));
        router.get("/readyz").handler(this::ready);
        router.get("/metrics").handler(this::metrics);
    }

    private void ready(RoutingContext call) {
        String why = notReady();
        JsonObject body = new JsonObject().put("ready", why.isEmpty());
        AdminResponses.json(call, why.isEmpty() ? 200 : 503, why.isEmpty() ? body : body.put("reason", why));
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
    private static Format preferred(RoutingContext call) {
        for (MIMEHeader range : call.parsedHeaders().accept()) {
            if (range.weight() > 0 && Format.accepted(range.rawValue()) == Format.OPEN_METRICS) {
                return Format.OPEN_METRICS;
            }
            if (range.weight() > 0
                    && (range.component().equals("text") || range.component().equals("*"))) {
                return Format.PROMETHEUS;
            }
        }
        return Format.PROMETHEUS;
    }

    private void metrics(RoutingContext call) {
        Format format = preferred(call);
        call.vertx()
                .executeBlocking(
                        () -> {
                            Exposition out = new Exposition();
                            for (MetricSource source : parts.metrics()) {
                                source.write(out);
                            }
                            return Buffer.buffer(out.end(format));
                        },
                        false)
                .onSuccess(text -> call.response()
                        .putHeader("content-type", format.contentType())
                        .end(text))
                .onFailure(call::fail);
    }
}
