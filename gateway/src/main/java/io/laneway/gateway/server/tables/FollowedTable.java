package io.laneway.gateway.server.tables;

import io.laneway.router.model.LaneTable;
import java.util.Objects;

/**
 * A table and the store it came from. Immutable.
 *
 * @param store id of the store; empty for sources without one, such as files
 */
public record FollowedTable(String store, LaneTable table) {

    /** Nothing yet. */
    public static final FollowedTable NOTHING = new FollowedTable("", LaneTable.EMPTY);

    public FollowedTable {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(table, "table");
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
