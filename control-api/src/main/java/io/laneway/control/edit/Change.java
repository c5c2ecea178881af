package io.laneway.control.edit;

import io.laneway.control.check.ChangeCheck;
import io.laneway.control.check.ProblemPaths;
import io.laneway.control.link.KeptKeys;
import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.table.TableDiff;
import io.laneway.control.table.TableObjects;
import io.laneway.control.table.TableState;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.source.TableRefused;
import io.laneway.router.table.delta.TableChange;
import java.util.List;

/** What a call changes in the table as it is. Immutable. */
record Change(EditCall call, TableState before, TableObjects wanted, List<TableChange> changes) {

    Change {
        changes = List.copyOf(changes);
    }

    /** Applies what the call wants. */
    static Change of(EditCall call, TableState before) {
        TableObjects edited = call.edit().apply(before.objects());
        TableObjects wanted = KeptKeys.of(call.action(), before.objects(), edited);
        return new Change(call, before, wanted, TableDiff.between(before.objects(), wanted));
    }

    /** Whether the table is already as the call wants it. */
    boolean none() {
        return changes.isEmpty();
    }

    /** Refuses objects of other owners, and a table that would not be sound. */
    void check() {
        Ownership.check(before, changes, call.owner());
        long revision = before.revision() + 1;
        List<Problem> problems = ChangeCheck.check(wanted, changes, revision);
        if (!problems.isEmpty()) {
            ObjectKey key = call.key();
            throw new TableRefused(key == null ? problems : ProblemPaths.within(wanted.table(revision), key, problems));
        }
    }

    /** The state after it, and the rows that make it durable. */
    Commits.Step rows(long now) {
        return Commits.edit(before, wanted, changes, call, now);
    }

    /** What becomes of the call if the table is this afterwards. */
    EditResult result(long revision, TableState after) {
        return new EditResult(revision, !none(), null, changes, before, after);
    }
}
