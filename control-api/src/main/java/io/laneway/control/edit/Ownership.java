package io.laneway.control.edit;

import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.table.ObjectKeys;
import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableState;
import io.laneway.control.table.TableState.Mark;
import io.laneway.router.table.delta.TableChange;
import java.util.List;

/** An object belongs to the owner that put it first: REST or another module. Others may read it, not change it. */
final class Ownership {

    private Ownership() {}

    static void check(TableState before, List<TableChange> changes, String owner) {
        for (ObjectKey key : ObjectKeys.touched(changes)) {
            Mark mark = before.marks().get(key);
            if (mark != null && !mark.owner().equals(owner)) {
                throw Refusal.conflict((key.kind() + " " + key.name()).trim() + " belongs to "
                        + (mark.owner().isEmpty() ? "the REST API" : mark.owner()) + " (expected: changed there)");
            }
        }
    }
}
