package io.laneway.control.plan;

/** Hears of the moves of plans. Must not block. */
public interface PlanListener {

    /** Does nothing. */
    PlanListener NONE = (shift, state, who) -> {};

    /**
     * A plan began, went to its next step, or changed its status.
     *
     * @param who moved it, as the history says
     */
    void moved(String shift, PlanState state, String who);
}
