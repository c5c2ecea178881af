package io.laneway.control.rest.table;

import io.laneway.control.store.ControlStore;
import io.laneway.control.store.HistoryRows;
import io.laneway.control.store.HistoryRows.Snapshot;
import io.laneway.control.store.RowFilter;
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

    /** As many edits as lie between two whole tables in the history. */
    private static final int SHARED_EDITS = 256;

    private final HistoryRows rows;

    public TableHistory(ControlStore store) {
        this.rows = store.history();
    }

    /** The newest edits up to a revision that a filter takes, newest first. */
    public List<HistoryRow> newest(long upTo, int limit, RowFilter filter) {
        return rows.newest(upTo, limit, filter);
    }

    /** The edit of a revision. */
    public HistoryRow at(long revision) {
        return rows.at(revision).orElseThrow(() -> absent(revision));
    }

    /** The edited table as it stood at a revision; 0 is the empty one. */
    public TableObjects tableAt(long revision) {
        if (revision == 0) {
            return TableObjects.EMPTY;
        }
        Optional<Snapshot> start = rows.snapshotUpTo(revision);
        TableObjects objects =
                start.map(s -> TableObjects.of(Bodies.readTable(s.body()))).orElse(TableObjects.EMPTY);
        return after(objects, start.map(Snapshot::revision).orElse(0L), revision);
    }

    /**
     * The edited tables as they stood at two revisions. The newer one is made from the older, so that they share what did
     * not change between them and no second table is read, save where many edits lie between them.
     */
    public Pair tablesAt(long one, long other) {
        long older = Math.min(one, other);
        long newer = Math.max(one, other);
        TableObjects before = tableAt(older);
        // the history that holds one edit holds all that came later
        boolean shared = older > 0 && newer - older <= SHARED_EDITS;
        TableObjects after = shared ? after(before, older, newer) : tableAt(newer);
        return one == older ? new Pair(before, after) : new Pair(after, before);
    }

    private TableObjects after(TableObjects objects, long from, long revision) {
        if (!rows.has(revision)) {
            throw absent(revision);
        }
        TableObjects.Building building = objects.building();
        rows.between(from, revision, row -> building.apply(Bodies.readChanges(row.changes())));
        return building.done();
    }

    private static Refusal absent(long revision) {
        return Refusal.absent("revision " + revision);
    }

    /** Two tables. Immutable. */
    public record Pair(TableObjects one, TableObjects other) {}
}
