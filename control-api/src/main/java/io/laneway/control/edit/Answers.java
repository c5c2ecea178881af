package io.laneway.control.edit;

import io.laneway.control.store.Rows.AnswerRow;
import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.store.Rows.PlanRow;
import io.laneway.control.table.Bodies;
import io.laneway.control.table.TableState;
import io.laneway.router.table.delta.TableChange;
import io.vertx.core.json.JsonArray;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is kept of the answer of a call with an Idempotency-Key, so that a repeated call gets the same. Stateless. */
final class Answers {

    private Answers() {}

    /** The answer of a call that led from one state to another, which may be the same; null if it has no key. */
    static @Nullable AnswerRow of(
            EditCall call, List<TableChange> changes, TableState before, TableState after, long now) {
        EditCall.Once once = call.once();
        if (once == null) {
            return null;
        }
        ObjectKey key = call.key();
        boolean created = key != null
                && !before.marks().containsKey(key)
                && after.marks().containsKey(key)
                && call.plan() == null;
        String tag = key == null ? after.tag() : after.tag(key);
        return new AnswerRow(
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
