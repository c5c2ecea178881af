package io.laneway.control.edit;

import io.laneway.control.check.Warnings;
import io.laneway.control.store.Rows.ResponseRow;
import io.laneway.control.table.TableState;
import io.laneway.router.table.delta.TableChange;
import io.vertx.core.json.JsonArray;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of an {@link EditCall}. Immutable.
 *
 * @param revision the new revision, or the newest one if nothing changed
 * @param changed  whether there is, or in a dry run would be, a new revision
 * @param replayed the response of an earlier call with the same Idempotency-Key, which this one gets too; null for none
 * @param changes  what changed
 * @param before   the table before it
 * @param after    the table after it, or as it would be
 */
public record EditResult(
        long revision,
        boolean changed,
        @Nullable ResponseRow replayed,
        List<TableChange> changes,
        TableState before,
        TableState after) {

    public EditResult {
        changes = List.copyOf(changes);
    }

    /** A call that was made before. */
    public static EditResult replayed(ResponseRow response, TableState state) {
        return new EditResult(response.revision(), false, response, List.of(), state, state);
    }

    /** A call for which the table is as it is to be. */
    public static EditResult unchanged(TableState state) {
        return new EditResult(state.edited(), false, null, List.of(), state, state);
    }

    /** What is allowed and probably not meant about it, empty for nothing. */
    public JsonArray warnings() {
        return Warnings.of(changes, before, after);
    }
}
