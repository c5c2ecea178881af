package io.laneway.gateway.server.tables;

import io.laneway.router.document.tree.Problem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The status of the lane table. Immutable.
 *
 * @param origin    where the running table came from
 * @param updated   when it was put in place; null before the first
 * @param connected whether the source is there
 * @param detail    what the source last said of itself
 * @param waiting   what a changed source offers and was not accepted; null if there is nothing
 * @param problems  why what came last was refused; empty if it was taken
 * @param warnings  what is odd about the running table
 */
public record TableStatus(
        Origin origin,
        FollowedTable followed,
        @Nullable Instant updated,
        boolean connected,
        String detail,
        @Nullable FollowedTable waiting,
        List<Problem> problems,
        List<Problem> warnings) {

    /** Where a table came from. */
    public enum Origin {
        /** There is none yet. */
        NONE,
        /** From disk, since the source has not delivered yet. */
        LAST_KNOWN_GOOD,
        SOURCE
    }

    /** Before anything came. */
    static final TableStatus FIRST =
            new TableStatus(Origin.NONE, FollowedTable.NOTHING, null, false, "", null, List.of(), List.of());

    public TableStatus {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    TableStatus running(Origin origin, FollowedTable followed, Instant updated, List<Problem> warnings) {
        return new TableStatus(origin, followed, updated, connected, detail, null, List.of(), warnings);
    }

    TableStatus connection(boolean connected, String detail) {
        return new TableStatus(origin, followed, updated, connected, detail, waiting, problems, warnings);
    }

    TableStatus offered(FollowedTable waiting) {
        return new TableStatus(origin, followed, updated, connected, detail, waiting, problems, warnings);
    }

    TableStatus refused(List<Problem> problems) {
        return new TableStatus(origin, followed, updated, connected, detail, waiting, problems, warnings);
    }
}
