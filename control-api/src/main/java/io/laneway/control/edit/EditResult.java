package io.laneway.control.edit;

import io.laneway.control.store.Rows.AnswerRow;
import io.laneway.control.table.TableState;
import io.laneway.router.table.delta.TableChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of an {@link EditCall}. Immutable.
 *
 * @param revision the new revision, or the one that stands if nothing changed
 * @param changed  whether there is, or in a dry run would be, a new revision
 * @param replayed the answer of an earlier call with the same Idempotency-Key, which this one gets too; null for none
 * @param changes  what changed
 * @param before   the table as it stood
 * @param after    the table as it stands, or would stand
 */
public record EditResult(
        long revision,
        boolean changed,
        @Nullable AnswerRow replayed,
        List<TableChange> changes,
        TableState before,
        TableState after) {

    public EditResult {
        changes = List.copyOf(changes);
    }
}
