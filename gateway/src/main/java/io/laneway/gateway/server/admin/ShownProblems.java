package io.laneway.gateway.server.admin;

import io.laneway.router.document.tree.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Shows problems of a document as JSON. Stateless. */
final class ShownProblems {

    private ShownProblems() {}

    static JsonArray of(List<Problem> problems) {
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
