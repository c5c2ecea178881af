package io.laneway.gateway.server.tables;

import io.laneway.router.model.LaneTable;
import io.laneway.router.part.ImpliedLanes;
import java.util.Objects;

/**
 * A table and the store it came from. Immutable.
 *
 * @param store id of the store; empty for sources without one, such as files
 * @param part  whether the store has more than this table, which names plain lanes by deployments alone
 */
public record FollowedTable(String store, LaneTable table, boolean part) {

    /** Nothing yet. */
    public static final FollowedTable NOTHING = new FollowedTable("", LaneTable.EMPTY);

    public FollowedTable {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(table, "table");
    }

    /** A whole table. */
    public FollowedTable(String store, LaneTable table) {
        this(store, table, false);
    }

    /** The table in which all its lanes are. */
    LaneTable complete() {
        return part ? ImpliedLanes.in(table) : table;
    }

    /** The table's revision. */
    public long revision() {
        return table.revision();
    }

    /**
     * Whether what comes from that store at that revision cannot be a later state of this.
     * docs/concepts/tables-and-revisions.md.
     */
    boolean conflictsWith(String otherStore, long otherRevision) {
        if (store.isEmpty() || otherStore.isEmpty()) {
            return false;
        }
        return !store.equals(otherStore) || otherRevision < revision();
    }
}
