package io.laneway.router.source;

import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.LaneTable;
import io.laneway.router.table.delta.TableDelta;
import java.util.List;

/** Receives what a {@link TableSource} brings, one call at a time, in order. */
public interface TableListener {

    /** A whole table of a store; {@code store} is empty for sources without one, such as files. */
    void snapshot(String store, LaneTable table);

    /**
     * A part of a store's table, which names plain lanes by deployments alone
     * ({@link io.laneway.router.part.ImpliedLanes}); changes lead from it to the part of a later revision.
     */
    default void part(String store, LaneTable table) {
        throw new IllegalStateException("a part of a table that was not asked for");
    }

    /** The store says that a gateway which follows one of these other stores may follow it without a command. */
    default void replaces(String store, List<String> replaced) {
        // most sources have no store, or only one
    }

    /** The change that leads from the table delivered before to the next revision. */
    void delta(String store, TableDelta delta);

    /** What came was wrong and was not used; the running table stays. */
    void refused(List<Problem> problems);

    /** The source is away or back. A listener keeps the table it has. */
    void connected(boolean connected, String detail);
}
