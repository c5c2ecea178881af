package io.laneway.control.edit;

import io.laneway.control.store.Rows.LaneUse;
import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.store.Rows.PlanRow;
import io.laneway.control.table.TableObjects;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One wanted change of the table, with what the history says of it. Immutable.
 *
 * @param author  who asks
 * @param owner   whose objects it changes: empty for REST, else such as {@code crd:ns/name}
 * @param action  such as {@code put}
 * @param subject such as {@code shift default}
 * @param key     the object that {@code ifMatch} is about; null for the whole table
 * @param ifMatch what must still hold; null for nothing
 * @param dryRun  says what would change, and changes nothing
 * @param once    under which name the call is done only once; null for none
 * @param edit    leads from the objects as they are to the wanted ones; may run more than once, and may throw
 *                {@code Refusal} or {@code TableRefused}
 * @param uses    uses of lanes that are noted with it
 * @param plan    the plan of a shift that is kept with it, whether the table changes or not; null for none
 */
public record EditCall(
        Author author,
        String owner,
        String action,
        String subject,
        @Nullable ObjectKey key,
        @Nullable IfMatch ifMatch,
        boolean dryRun,
        @Nullable Once once,
        UnaryOperator<TableObjects> edit,
        List<LaneUse> uses,
        @Nullable PlanRow plan) {

    public EditCall {
        uses = List.copyOf(uses);
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(edit, "edit");
    }

    /**
     * Who asks, as the history names them. Immutable.
     *
     * @param who    the subject of the token, or {@code anonymous}, or {@code laneway} for what the control API does
     * @param origin where the call came from
     * @param why    what the client gave as the reason, maybe empty
     */
    public record Author(String who, String origin, String why) {

        /** What the control API does by itself. */
        public static Author itself(String why) {
            return new Author("laneway", "control-api", why);
        }
    }

    /** The Idempotency-Key of a call, and the hash of what it asked. Immutable. */
    public record Once(String call, String request) {}

    /** The same, noting uses of lanes with it. */
    public EditCall noting(List<LaneUse> uses) {
        return new EditCall(author, owner, action, subject, key, ifMatch, dryRun, once, edit, uses, plan);
    }

    /** An edit without condition, key or anything beside it. */
    public static EditCall plain(
            Author author, String owner, String action, String subject, UnaryOperator<TableObjects> edit) {
        return new EditCall(author, owner, action, subject, null, null, false, null, edit, List.of(), null);
    }
}
