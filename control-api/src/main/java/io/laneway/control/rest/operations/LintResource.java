package io.laneway.control.rest.operations;

import io.laneway.control.auth.Role;
import io.laneway.control.check.Warnings;
import io.laneway.control.edit.Editor;
import io.laneway.control.http.Call;
import io.laneway.control.http.ListPage;
import io.laneway.control.http.ListQuery;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.Compact;
import io.laneway.control.http.message.Reply;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.LintSource;
import io.laneway.router.source.LintSource.Finding;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code GET /v1/lint}: what is allowed and probably not meant. */
public final class LintResource {

    private static final int MAX_TEXT = 500;

    private final Editor editor;
    private final List<LintSource> sources;

    public LintResource(Editor editor, List<LintSource> sources) {
        this.editor = editor;
        this.sources = List.copyOf(sources);
    }

    /** Adds its routes. */
    public void mount(Routes routes) {
        routes.add(HttpMethod.GET, "/v1/lint{?" + ListQuery.NAMES + ",rule,service,lane}", Role.VIEWER, this::lint);
    }

    private Future<Reply> lint(Call call) {
        ListQuery query = ListQuery.of(call, 0);
        String rule = ListQuery.text(call, "rule", MAX_TEXT);
        String service = ListQuery.text(call, "service", MAX_TEXT);
        String lane = ListQuery.text(call, "lane", MAX_TEXT);
        LaneTable table = editor.state().publishedTable();
        List<Finding> matching = sources.stream()
                .flatMap(source -> source.findings(table).stream())
                .filter(finding -> query.finds(finding.rule(), finding.subject(), finding.message())
                        && (rule.isEmpty() || rule.equals(finding.rule()))
                        && (service.isEmpty() || about(finding, "service " + service))
                        && (lane.isEmpty() || about(finding, "lane " + lane)))
                .toList();
        ListPage<Finding> page = ListPage.of(
                query, matching, finding -> finding.rule() + " " + finding.subject() + " " + finding.message());
        JsonArray findings = new JsonArray();
        page.items().forEach(finding -> findings.add(Warnings.json(finding)));
        JsonObject body = new JsonObject().put("revision", table.revision()).put("findings", findings);
        return Compact.list(call.context().request(), page.addTo(body));
    }

    /** Whether a subject such as {@code service order lane f-1} names this. */
    private static boolean about(Finding finding, String named) {
        return (" " + finding.subject() + " ").contains(" " + named + " ");
    }
}
