package io.laneway.control.rest.table;

import io.laneway.control.auth.Role;
import io.laneway.control.edit.Editor;
import io.laneway.control.http.Body;
import io.laneway.control.http.Call;
import io.laneway.control.http.HistoryQuery;
import io.laneway.control.http.ListQuery;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.Reply;
import io.laneway.control.store.Rows.HistoryRow;
import io.laneway.control.table.Bodies;
import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableDiff;
import io.laneway.control.table.TableObjects;
import io.laneway.router.table.delta.TableChange;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/** {@code /v1/revisions}: the history; who, when, from where, why and what; comparing and restoring. */
public final class RevisionsResource {

    private static final int LIMIT = 50;
    private static final int MAX_LIMIT = 1_000;

    /** Changes beyond this are left to the diff and the table of the revision. */
    private static final int MAX_CHARS = 4 << 20;

    private final TableHistory history;
    private final TableEdits edits;
    private final Editor editor;

    public RevisionsResource(TableHistory history, TableEdits edits, Editor editor) {
        this.history = history;
        this.edits = edits;
        this.editor = editor;
    }

    /** Adds its routes. */
    public void mount(Routes routes) {
        routes.add(
                HttpMethod.GET,
                "/v1/revisions{?" + ListQuery.NAMES + "," + HistoryQuery.NAMES + "}",
                Role.VIEWER,
                this::list);
        routes.whole(HttpMethod.GET, "/v1/revisions/{n}", Role.VIEWER, this::one);
        routes.whole(HttpMethod.GET, "/v1/revisions/{n}/table", Role.VIEWER, this::table);
        routes.whole(HttpMethod.GET, "/v1/revisions/{n}/diff/{m}", Role.VIEWER, this::diff);
        routes.whole(HttpMethod.POST, "/v1/revisions/{n}/restore", Role.ADMIN, this::restore);
    }

    private Future<Reply> list(Call call) {
        int limit = (int) call.number("limit", LIMIT, 1, MAX_LIMIT);
        List<HistoryRow> found = history.newest(HistoryQuery.before(call) - 1, limit + 1, HistoryQuery.filter(call));
        JsonArray revisions = new JsonArray();
        found.stream().limit(limit).forEach(row -> revisions.add(json(row)));
        JsonObject body =
                new JsonObject().put("revision", editor.state().edited()).put("revisions", revisions);
        if (found.size() > limit) {
            body.put("next", Long.toString(found.get(limit - 1).revision()));
        }
        return Future.succeededFuture(Reply.json(body));
    }

    private Future<Reply> one(Call call) {
        long n = revision(call, "n");
        HistoryRow row = history.at(n);
        TableObjects after = history.tableAt(n);
        TableObjects before = after.with(Bodies.readChanges(row.undo()));
        DiffView diff = DiffView.of(before, after, Bodies.readChanges(row.changes()));
        return Future.succeededFuture(Reply.json(json(row)
                .put("changes", row.changes().length() > MAX_CHARS ? null : new JsonArray(row.changes()))
                .put("diff", diff.json())
                .put("summary", new JsonArray(diff.lines()))));
    }

    private Future<Reply> table(Call call) {
        long n = revision(call, "n");
        return Future.succeededFuture(Reply.json(Bodies.table(history.tableAt(n).table(n))));
    }

    private Future<Reply> diff(Call call) {
        TableHistory.Pair tables = history.tablesAt(revision(call, "n"), revision(call, "m"));
        TableObjects from = tables.one();
        TableObjects to = tables.other();
        List<TableChange> changes = TableDiff.between(from, to);
        DiffView diff = DiffView.of(from, to, changes);
        return Future.succeededFuture(Reply.json(new JsonObject()
                .put("from", revision(call, "n"))
                .put("to", revision(call, "m"))
                .put("diff", diff.json())
                .put("summary", new JsonArray(diff.lines()))));
    }

    private Future<Reply> restore(Call call) {
        call.mayChangeAll();
        Body.of(call).nothing();
        long n = revision(call, "n");
        TableObjects wanted = history.tableAt(n);
        return edits.edit(call, "restore", "revision " + n, null, now -> wanted.recording(now));
    }

    private static long revision(Call call, String name) {
        String text = call.path(name);
        if (!text.matches("\\d{1,18}")) {
            throw new Refusal(Refusal.Kind.MALFORMED, "revision: " + text + " (expected: a number)");
        }
        return Long.parseLong(text);
    }

    static JsonObject json(HistoryRow row) {
        return new JsonObject()
                .put("revision", row.revision())
                .put("at", Instant.ofEpochMilli(row.at()).toString())
                .put("who", row.who())
                .put("from", row.origin())
                .put("why", row.why())
                .put("action", row.action())
                .put("subject", row.subject());
    }
}
