package io.laneway.router.table.delta;

import io.laneway.router.model.LaneTable;
import java.util.function.Function;

/** What changes make of a table: another one, or nothing, since they do not fit it. */
public sealed interface Applied {

    /** They fit. Immutable. */
    record Changed(LaneTable table) implements Applied {}

    /**
     * They were not made for this table. Immutable.
     *
     * @param why what is wrong and what was expected, such as {@code from: 3 (expected: 4)}
     */
    record Misfit(String why) implements Applied {}

    /** The table, for those to whom a misfit is a failure of their own. */
    default LaneTable orElseThrow(Function<String, ? extends RuntimeException> failure) {
        if (this instanceof Misfit misfit) {
            throw failure.apply(misfit.why());
        }
        return ((Changed) this).table();
    }
}
