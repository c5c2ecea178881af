package io.laneway.router.source;

import io.laneway.router.model.LaneTable;
import io.laneway.router.table.delta.TableChange;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The door through which other modules change the table that the control API keeps, such as the reconciler of custom
 * resources. Every edit is checked, made durable and published as if it had come by REST. Safe for many threads.
 */
public interface TableEditor {

    /** The table as it stands, without what discovery found. */
    LaneTable current();

    /** The table as gateways get it, with what discovery found. */
    LaneTable published();

    /**
     * Applies changes as one revision.
     *
     * @param owner who owns the changed objects from now on, such as {@code crd:ns/name}; the other door then refuses
     *              to change them
     * @param why   for the history
     * @return the new revision, or the old one if nothing changed; fails with {@link TableRefused} if refused
     */
    CompletionStage<Long> apply(String owner, String why, List<TableChange> changes);
}
