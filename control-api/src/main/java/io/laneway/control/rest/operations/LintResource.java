package io.laneway.control.rest.operations;

import io.laneway.control.auth.Role;
import io.laneway.control.check.Warnings;
import io.laneway.control.edit.Editor;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.Reply;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.LintSource;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code GET /v1/lint}: what is allowed and probably not meant. */
public final class LintResource {

    private final Editor editor;
    private final List<LintSource> sources;

    public LintResource(Editor editor, List<LintSource> sources) {
        this.editor = editor;
        this.sources = List.copyOf(sources);
    }

    /** Adds its routes. */
    public void mount(Routes routes) {
        routes.add(HttpMethod.GET, "/v1/lint", Role.VIEWER, call -> lint());
    }

    private Future<Reply> lint() {
        LaneTable table = editor.state().publishedTable();
        JsonArray findings = new JsonArray();
        sources.forEach(source -> source.findings(table).forEach(finding -> findings.add(Warnings.json(finding))));
        return Future.succeededFuture(
                Reply.json(new JsonObject().put("revision", table.revision()).put("findings", findings)));
    }
}
