package io.laneway.control.rest.table;

import io.laneway.control.store.ControlStore;
import io.laneway.control.store.HistoryRows;
import io.laneway.control.store.HistoryRows.Snapshot;
import io.laneway.control.store.Rows.HistoryRow;
import io.laneway.control.table.Bodies;
import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableObjects;
import java.util.List;
import java.util.Optional;

/**
 * Rebuilds the edited table of any revision that the history still holds: the nearest whole table before it, and the
 * edits since. Safe for many threads; blocks.
 */
public final class TableHistory {

    private final HistoryRows rows;

    public TableHistory(ControlStore store) {
        this.rows = store.history();
    }

    /** The newest edits up to a revision, newest first. */
    public List<HistoryRow> newest(long upTo, int limit) {
        return rows.newest(upTo, limit);
    }

    /** The edit of a revision. */
    public HistoryRow at(long revision) {
        return rows.at(revision).orElseThrow(() -> Refusal.absent("revision " + revision));
    }

    /** The edited table as it stood at a revision; 0 is the empty one. */
    public TableObjects tableAt(long revision) {
        if (revision == 0) {
            return TableObjects.EMPTY;
        }
        at(revision);
        Optional<Snapshot> start = rows.snapshotUpTo(revision);
        TableObjects objects =
                start.map(s -> TableObjects.of(Bodies.readTable(s.body()))).orElse(TableObjects.EMPTY);
        long from = start.map(Snapshot::revision).orElse(0L);
        TableObjects.Building building = objects.building();
        rows.between(from, revision, row -> building.apply(Bodies.readChanges(row.changes())));
        return building.done();
    }
}
