package io.laneway.router.decision;

import io.laneway.router.request.RequestView;
import io.laneway.router.text.Slice;

/**
 * Knows the lane of a request that says none, from one of the same trace that did. Asked last of all that can name a lane.
 * Confined to the thread of its decider. docs/concepts/decision.md#requested-lane.
 */
public interface LaneRecall {

    /** Points {@code lane} at the lane's name, valid during the decision; false, with it as it was, if none is known. */
    boolean recall(RequestView request, Slice lane);

    /** How the lane that was recalled last was assigned. */
    Assigned assigned();
}
