package io.laneway.control.shift;

import io.laneway.control.edit.EditResult;
import org.jspecify.annotations.Nullable;

/**
 * What became of a {@link PlanCall}. Immutable.
 *
 * @param standing the plan as it stands, or in a dry run would stand; null where it was removed
 */
public record PlanMove(@Nullable Standing standing, EditResult result) {

    /**
     * A plan as it stands. Immutable.
     *
     * @param version grows with every move
     */
    public record Standing(PlanState state, long version) {

        /** The ETag; one plan's is never another's of the same shift. */
        public String tag() {
            return "\"" + version + "-" + Long.toHexString(state.since()) + "\"";
        }
    }
}
