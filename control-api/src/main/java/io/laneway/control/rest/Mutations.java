package io.laneway.control.rest;

import io.laneway.control.gateways.GatewayRegistry;
import io.laneway.control.gateways.GatewayRegistry.Applied;
import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.table.Bodies;
import io.laneway.control.table.EditCall;
import io.laneway.control.table.EditResult;
import io.laneway.control.table.Editor;
import io.laneway.control.table.TableObjects;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What every call that changes the table has in common: {@code If-Match}, {@code dryRun}, {@code wait=applied},
 * {@code Idempotency-Key}, and an answer with the revision and the object's {@code ETag}.
 */
final class Mutations {

    private final Editor editor;
    private final GatewayRegistry gateways;

    Mutations(Editor editor, GatewayRegistry gateways) {
        this.editor = editor;
        this.gateways = gateways;
    }

    /** Does an edit of one object, or (null) of the whole table, and answers. */
    Future<Reply> edit(
            Call call, String action, String subject, @Nullable ObjectKey key, UnaryOperator<TableObjects> edit) {
        return edit(call, call.edit(action, subject, key, edit));
    }

    /** Does an edit and answers. */
    Future<Reply> edit(Call call, EditCall wanted) {
        Duration wait = call.waitApplied();
        ObjectKey key = wanted.key();
        return Future.fromCompletionStage(editor.submit(wanted)).compose(result -> {
            JsonObject body = body(result, key, wanted.dryRun());
            if (wait == null || wanted.dryRun()) {
                return Future.succeededFuture(reply(status(result, key, wanted.dryRun()), body, result, key));
            }
            return gateways.await(result.revision(), wait)
                    .map(applied -> reply(
                            applied.everywhere() ? status(result, key, false) : 202,
                            body.put("applied", json(applied)),
                            result,
                            key));
        });
    }

    private static int status(EditResult result, @Nullable ObjectKey key, boolean dryRun) {
        boolean created = key != null
                && !dryRun
                && result.changed()
                && !result.before().marks().containsKey(key)
                && result.after().marks().containsKey(key);
        return created ? 201 : 200;
    }

    private static Reply reply(int status, JsonObject body, EditResult result, @Nullable ObjectKey key) {
        String tag = key == null ? result.after().tag() : result.after().tag(key);
        boolean dry = body.containsKey("dryRun");
        Reply reply = Reply.json(status, body);
        return tag == null || dry ? reply : reply.with("etag", tag);
    }

    private static JsonObject body(EditResult result, @Nullable ObjectKey key, boolean dryRun) {
        JsonObject body = new JsonObject().put("revision", result.revision()).put("changed", result.changed());
        if (result.replayed()) {
            body.put("replayed", true);
        }
        if (dryRun) {
            DiffView diff =
                    DiffView.of(result.before().objects(), result.after().objects(), result.changes());
            return body.put("dryRun", true).put("diff", diff.json()).put("summary", new JsonArray(diff.lines()));
        }
        String object = key == null ? null : Bodies.object(result.after().objects(), key);
        return object == null ? body : body.put("object", new JsonObject(object));
    }

    static JsonObject json(Applied applied) {
        return new JsonObject()
                .put("connected", applied.connected())
                .put("applied", applied.applied())
                .put("stragglers", new JsonArray(applied.stragglers()));
    }
}
