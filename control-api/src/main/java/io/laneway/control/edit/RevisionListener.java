package io.laneway.control.edit;

import io.laneway.control.store.Rows.PublishedRow;
import io.laneway.control.table.TableState;
import java.util.List;

/** Hears of every revision in order, on the writer's thread, after it is durable. */
public interface RevisionListener {

    /** Revisions that lead from the last state to this one. */
    void revisions(TableState state, List<PublishedRow> rows);

    /** The state cannot be reached by single revisions. */
    void reset(TableState state);

    /** Two that hear of the same revisions. */
    static RevisionListener both(RevisionListener one, RevisionListener other) {
        return new RevisionListener() {
            @Override
            public void revisions(TableState state, List<PublishedRow> rows) {
                one.revisions(state, rows);
                other.revisions(state, rows);
            }

            @Override
            public void reset(TableState state) {
                one.reset(state);
                other.reset(state);
            }
        };
    }
}
