package io.laneway.control.edit;

import io.laneway.control.store.Rows.AnswerRow;
import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.store.Rows.PlanRow;
import io.laneway.control.table.Bodies;
import io.laneway.control.table.TableState;
import org.jspecify.annotations.Nullable;

/** What is kept of the answer of a call with an Idempotency-Key, so that a repeated call gets the same. Stateless. */
final class Answers {

    private Answers() {}

    /** The answer of a call that led from one state to another, which may be the same; null if it has no key. */
    static @Nullable AnswerRow of(EditCall call, TableState before, TableState after, long now) {
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
                body(call, before.edited() != after.edited(), after));
    }

    private static String body(EditCall call, boolean changed, TableState after) {
        String head = "{\"changed\":" + changed;
        PlanRow plan = call.plan();
        if (plan != null) {
            return head + ",\"version\":" + plan.version() + (plan.body().isEmpty() ? "" : ",\"plan\":" + plan.body())
                    + "}";
        }
        String object = call.key() == null ? null : Bodies.object(after.objects(), call.key());
        return head + (object == null ? "" : ",\"object\":" + object) + "}";
    }
}
