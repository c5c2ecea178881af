package io.laneway.gateway.server.admin;

import io.laneway.gateway.protocol.head.ReasonPhrase;
import io.laneway.router.document.tree.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Responses of the admin interface. */
final class AdminResponses {

    private AdminResponses() {}

    static void json(RoutingContext call, int status, JsonObject body) {
        call.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .putHeader("cache-control", "no-store")
                .end(body.toBuffer().appendString("\n"));
    }

    /** An RFC 9457 problem. */
    static void problem(RoutingContext call, int status, String detail) {
        call.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/problem+json")
                .end(new JsonObject()
                        .put("type", "about:blank")
                        .put("title", ReasonPhrase.of(status))
                        .put("status", status)
                        .put("detail", detail)
                        .toBuffer());
    }

    static JsonArray problems(List<Problem> problems) {
        JsonArray list = new JsonArray();
        for (Problem problem : problems) {
            list.add(new JsonObject()
                    .put("file", problem.file())
                    .put("line", problem.line())
                    .put("path", problem.path())
                    .put("what", problem.what())
                    .put("expected", problem.expected()));
        }
        return list;
    }
}
