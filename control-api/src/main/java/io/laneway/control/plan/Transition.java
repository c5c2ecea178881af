package io.laneway.control.plan;

import io.laneway.control.plan.PlanState.Status;

/** What a call makes of a plan. Immutable. */
public sealed interface Transition {

    /** The plan is already as the call wants it. */
    Transition NONE = new None();

    /** It gets another state. */
    record To(PlanState next) implements Transition {}

    /** It stays as it is. */
    record None() implements Transition {}

    /** It has ended, and cannot. */
    record Refused(Status status) implements Transition {}
}
