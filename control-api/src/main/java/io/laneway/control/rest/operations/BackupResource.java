package io.laneway.control.rest.operations;

import io.laneway.control.auth.Role;
import io.laneway.control.edit.EditCall.Author;
import io.laneway.control.http.Body;
import io.laneway.control.http.Call;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.Reply;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Rows.AuditRow;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Clock;

/**
 * {@code POST /v1/backup}: the whole store as an SQLite file, hashes of tokens and secrets included; so for admins of
 * all lanes, and noted in the audit. One is made at a time.
 */
public final class BackupResource {

    private static final String SQLITE = "application/vnd.sqlite3";

    private final ControlStore store;
    private final Clock clock;

    public BackupResource(ControlStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Adds its routes. */
    public void mount(Routes routes) {
        routes.whole(HttpMethod.POST, "/v1/backup", Role.ADMIN, this::backup);
    }

    private Future<Reply> backup(Call call) {
        Body.of(call).nothing();
        call.mayChangeAll();
        Author by = call.author();
        store.history()
                .note(new AuditRow(
                        0,
                        clock.millis(),
                        by.who(),
                        by.origin(),
                        by.why(),
                        "backup",
                        "store",
                        store.identity().id()));
        Reply reply = Reply.file(SQLITE, store.backup());
        return Future.succeededFuture(reply.with("content-disposition", "attachment; filename=\"laneway-control.db\""));
    }
}
