package io.laneway.control.plan;

import io.laneway.control.edit.EditResult;
import org.jspecify.annotations.Nullable;

/**
 * What became of a {@link PlanCall}. Immutable.
 *
 * @param plan the plan after it, or in a dry run as it would be; null where it was removed
 */
public record PlanMove(@Nullable KeptPlan plan, EditResult result) {

    /**
     * A plan as it is kept. Immutable.
     *
     * @param version grows with every move
     */
    public record KeptPlan(PlanState state, long version) {

        /** The ETag; one plan's is never another's of the same shift. */
        public String tag() {
            return "\"" + version + "-" + Long.toHexString(state.progress().since()) + "\"";
        }
    }
}
