package io.laneway.control.overview;

import io.laneway.control.table.TableState;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The index of the table as it is now, made once a revision. Safe for many threads. */
public final class TableIndexes {

    private final Supplier<TableState> state;
    private @Nullable TableIndex last;

    public TableIndexes(Supplier<TableState> state) {
        this.state = state;
    }

    /** The newest one. */
    @SuppressWarnings("ReferenceEquality") // a state is never made again
    public synchronized TableIndex now() {
        TableState newest = state.get();
        TableIndex known = last;
        if (known != null && known.state() == newest) {
            return known;
        }
        TableIndex fresh = TableIndex.of(newest);
        last = fresh;
        return fresh;
    }
}
