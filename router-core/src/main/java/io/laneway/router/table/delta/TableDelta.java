package io.laneway.router.table.delta;

import io.laneway.router.model.LaneTable;
import java.util.List;

/**
 * What leads from one revision of a lane table to a later one. Immutable. Applying it costs what it changes.
 *
 * @param from     the revision it applies to
 * @param revision the revision it leads to, above {@code from}
 */
public record TableDelta(long from, long revision, List<TableChange> changes) {

    public TableDelta {
        if (revision <= from) {
            throw new IllegalArgumentException("revision: " + revision + " (expected: above " + from + ")");
        }
        changes = List.copyOf(changes);
    }

    /** The changes that lead from one table to another; empty if they say the same at whatever revision. */
    public static List<TableChange> changes(LaneTable from, LaneTable to) {
        return TableDiff.of(from, to);
    }

    /** What leads from one table to another of a later revision. */
    public static TableDelta between(LaneTable from, LaneTable to) {
        return new TableDelta(from.revision(), to.revision(), changes(from, to));
    }

    /**
     * The table that this leads to. Lists that no change touches stay the same objects. A misfit if it does not start
     * from the table's revision, or puts a deployment of a service that is not there.
     */
    public Applied applyTo(LaneTable table) {
        return applyTo(table, new EditPositions());
    }

    /**
     * The same for one delta after the other.
     *
     * @param positions of the tables that were edited before
     */
    public Applied applyTo(LaneTable table, EditPositions positions) {
        return table.revision() == from
                ? edit(table, changes, revision, positions)
                : new Applied.Misfit("from: " + from + " (expected: " + table.revision() + ")");
    }

    /** The table with changes made to it, at the same revision. */
    public static Applied edit(LaneTable table, List<TableChange> changes) {
        return edit(table, changes, table.revision(), new EditPositions());
    }

    private static Applied edit(LaneTable table, List<TableChange> changes, long revision, EditPositions positions) {
        TableEdit edit = new TableEdit(table, positions);
        for (TableChange change : changes) {
            change.apply(edit);
        }
        return edit.applied(revision);
    }
}
