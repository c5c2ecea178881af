package io.laneway.control.edit;

import io.laneway.control.check.Warnings;
import io.laneway.control.edit.EditCall.Author;
import io.laneway.control.edit.EditCall.Once;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.store.Rows.PlanRow;
import io.laneway.control.store.Rows.ResponseRow;
import io.laneway.control.table.Bodies;
import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableState;
import io.laneway.router.table.delta.TableChange;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The responses of calls with an Idempotency-Key, so that a repeated call gets the same. Safe for many threads; blocks. */
final class KeptResponses {

    private final ControlStore store;

    KeptResponses(ControlStore store) {
        this.store = store;
    }

    /** The response that a client already got under an Idempotency-Key; refused if that was for another call. */
    Optional<ResponseRow> find(Author author, @Nullable Once once) {
        if (once == null) {
            return Optional.empty();
        }
        Optional<ResponseRow> earlier = store.response(author.who(), once.call());
        if (earlier.isPresent() && !earlier.get().request().equals(once.request())) {
            throw new Refusal(
                    Refusal.Kind.UNSOUND, "Idempotency-Key: used before for another call (expected: a new key)");
        }
        return earlier;
    }

    /** The response of a call that led from one state to another, which may be the same; null if it has no key. */
    static @Nullable ResponseRow of(
            EditCall call, List<TableChange> changes, TableState before, TableState after, long now) {
        Once once = call.once();
        if (once == null) {
            return null;
        }
        ObjectKey key = call.key();
        boolean created = key != null
                && !before.marks().containsKey(key)
                && after.marks().containsKey(key)
                && call.plan() == null;
        String tag = key == null ? after.tag() : after.tag(key);
        return new ResponseRow(
                call.author().who(),
                once.call(),
                once.request(),
                now,
                after.edited(),
                created ? 201 : 200,
                tag == null ? "" : tag,
                body(call, before.edited() != after.edited(), Warnings.of(changes, before, after), after));
    }

    private static String body(EditCall call, boolean changed, JsonArray warnings, TableState after) {
        String head = "{\"changed\":" + changed + (warnings.isEmpty() ? "" : ",\"warnings\":" + warnings.encode());
        PlanRow plan = call.plan();
        if (plan != null) {
            return head + ",\"version\":" + plan.version() + (plan.body().isEmpty() ? "" : ",\"plan\":" + plan.body())
                    + "}";
        }
        String object = call.key() == null ? null : Bodies.object(after.objects(), call.key());
        return head + (object == null ? "" : ",\"object\":" + object) + "}";
    }
}
