package io.laneway.control.rest.table;

import io.laneway.control.edit.EditCall;
import io.laneway.control.edit.EditResult;
import io.laneway.control.edit.Editor;
import io.laneway.control.gateways.GatewayRegistry;
import io.laneway.control.gateways.GatewayRegistry.Applied;
import io.laneway.control.http.Call;
import io.laneway.control.http.message.Reply;
import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.store.Rows.ResponseRow;
import io.laneway.control.table.Bodies;
import io.laneway.control.table.TableObjects;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What every call that changes the table has in common: {@code If-Match}, {@code dryRun}, {@code wait=applied},
 * {@code Idempotency-Key}, and a response with the revision and the object's {@code ETag}.
 */
public final class TableEdits {

    private final Editor editor;
    private final GatewayRegistry gateways;

    public TableEdits(Editor editor, GatewayRegistry gateways) {
        this.editor = editor;
        this.gateways = gateways;
    }

    /** Does an edit of one object, or (null) of the whole table. */
    Future<Reply> edit(
            Call call, String action, String subject, @Nullable ObjectKey key, UnaryOperator<TableObjects> edit) {
        return edit(call, call.edit(action, subject, key, edit));
    }

    /** Does an edit. */
    Future<Reply> edit(Call call, EditCall wanted) {
        call.waitApplied();
        ObjectKey key = wanted.key();
        CompletableFuture<EditResult> done = editor.submit(wanted);
        if (call.whole()) {
            // The next one is not read while the table of this one waits for the writer.
            done.handle((result, failure) -> true).join();
        }
        return Future.fromCompletionStage(done).compose(result -> {
            if (result.replayed() != null) {
                return replay(call, result.replayed());
            }
            String object = key == null || wanted.dryRun()
                    ? null
                    : Bodies.object(result.after().objects(), key);
            JsonObject body = new JsonObject();
            if (object != null) {
                body.put("object", new JsonObject(object));
            }
            String tag = key == null ? result.after().tag() : result.after().tag(key);
            return respond(call, result, wanted.dryRun(), body, wanted.dryRun() ? null : tag)
                    .map(reply ->
                            created(result, key, wanted.dryRun()) && reply.status() == 200 ? reply.with(201) : reply);
        });
    }

    /** Says what became of an edit, once the gateways have it if the client waits for them. */
    Future<Reply> respond(Call call, EditResult result, boolean dryRun, JsonObject body, @Nullable String tag) {
        body.put("revision", result.revision()).put("changed", result.changed());
        if (dryRun) {
            DiffView diff =
                    DiffView.of(result.before().objects(), result.after().objects(), result.changes());
            body.put("dryRun", true).put("diff", diff.json()).put("summary", new JsonArray(diff.lines()));
        }
        JsonArray warnings = result.warnings();
        if (!warnings.isEmpty()) {
            body.put("warnings", warnings);
        }
        Duration wait = call.waitApplied();
        if (wait == null || dryRun) {
            return Future.succeededFuture(reply(200, body, tag));
        }
        return gateways.await(result.revision(), wait)
                .map(applied -> reply(applied.everywhere() ? 200 : 202, body.put("applied", json(applied)), tag));
    }

    /** Repeats the response of the call that came first under its Idempotency-Key, but for who has applied it by now. */
    private Future<Reply> replay(Call call, ResponseRow then) {
        JsonObject said = then.body().isEmpty() ? new JsonObject() : new JsonObject(then.body());
        JsonObject body = said.put("revision", then.revision()).put("replayed", true);
        String tag = then.tag().isEmpty() ? null : then.tag();
        Duration wait = call.waitApplied();
        if (wait == null) {
            return Future.succeededFuture(reply(then.status(), body, tag));
        }
        return gateways.await(then.revision(), wait)
                .map(applied ->
                        reply(applied.everywhere() ? then.status() : 202, body.put("applied", json(applied)), tag));
    }

    private static boolean created(EditResult result, @Nullable ObjectKey key, boolean dryRun) {
        return key != null
                && !dryRun
                && result.changed()
                && !result.before().marks().containsKey(key)
                && result.after().marks().containsKey(key);
    }

    private static Reply reply(int status, JsonObject body, @Nullable String tag) {
        Reply reply = Reply.json(status, body);
        return tag == null ? reply : reply.with("etag", tag);
    }

    static JsonObject json(Applied applied) {
        return new JsonObject()
                .put("connected", applied.connected())
                .put("applied", applied.applied())
                .put("stragglers", new JsonArray(applied.stragglers()));
    }
}
