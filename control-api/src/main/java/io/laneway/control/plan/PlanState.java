package io.laneway.control.plan;

import io.laneway.control.guard.GuardedPlan;
import java.util.Locale;

/**
 * What a plan is doing. Each state is a record whose methods are the moves that lead out of it: a state without a method
 * has no such move, and what a call asks of any state ends in a {@link Transition}. Immutable.
 *
 * <pre>
 *            pause            promote
 *  Running ────────► Paused ──────────► Running, or Complete after the last step
 *     │ stop            │
 *     │ advance         │ abort, finish
 *     ▼                 ▼
 *  Complete ──────► Aborted, Finished
 * </pre>
 */
public sealed interface PlanState {

    /** What a plan does, as one word. */
    enum Status {
        /** Moves when its pause is over or a call promotes it. */
        RUNNING,
        /** Moves when a call promotes it. */
        PAUSED,
        /** The last step holds; {@code finish} ends it. */
        COMPLETE,
        /** All tenants are back in base, by a call or by the guard. */
        ABORTED,
        /** The base runs the new version, and has all tenants. */
        FINISHED;

        /** The word in documents. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a call makes of a plan. Immutable. */
    sealed interface Transition {

        /** The plan is already as the call wants it. */
        Transition NONE = new None();

        /** It gets another state. */
        record To(PlanState next) implements Transition {}

        /** It stays as it is. */
        record None() implements Transition {}

        /** It has ended, and cannot. */
        record Refused(Status status) implements Transition {}
    }

    /** The plan, and how far it is. */
    Progress progress();

    /** The word for this state. */
    Status status();

    /** Why it is paused, held or ended; maybe empty. */
    String why();

    /** A call wants it to wait until it is promoted. */
    Transition pause(String why);

    /** A call wants its next step now. */
    Transition promote(Arrival arrival);

    /** A call or the guard wants all tenants back in base. */
    Transition abort(String why);

    /** A call says that the base runs the new version. */
    Transition finish();

    /** The plan as a guard sees it. */
    default GuardedPlan guarded() {
        return progress().guarded();
    }

    /** The plan that is followed. */
    default Plan plan() {
        return progress().plan();
    }

    /** The index of the step that holds. */
    default int step() {
        return progress().step();
    }

    /** One that may still move. */
    sealed interface Active extends PlanState {

        /** All tenants are back in base. */
        default Aborted aborted(String why) {
            return new Aborted(progress(), why);
        }

        @Override
        default Transition abort(String why) {
            return new Transition.To(aborted(why));
        }

        @Override
        default Transition finish() {
            return new Transition.To(new Finished(progress()));
        }
    }

    /** One that leads to a further step, or to its completion. */
    sealed interface Stepping extends Active {

        /** The state after this step is over. */
        default Active advance(Arrival arrival) {
            return progress().last()
                    ? new Complete(progress(), "")
                    : new Running(progress().next(arrival), "");
        }

        @Override
        default Transition promote(Arrival arrival) {
            return new Transition.To(advance(arrival));
        }
    }

    /** One whose shift must stay as its step left it, else it stops. */
    sealed interface Unpaused extends Active {

        /** Pauses by itself: a call may promote it again. */
        default Paused stop(String why) {
            return new Paused(progress(), why);
        }

        /** The same, where the clock was set by so many milliseconds. */
        Unpaused clockSet(long by);
    }

    /** One that moves no more, and may be replaced by another plan. */
    sealed interface Ended extends PlanState {

        @Override
        default Transition pause(String why) {
            return new Transition.Refused(status());
        }

        @Override
        default Transition promote(Arrival arrival) {
            return new Transition.Refused(status());
        }

        @Override
        default Transition finish() {
            return new Transition.Refused(status());
        }
    }

    /** Its step holds until its pause is over; {@code why} says for what it is held beyond that. */
    record Running(Progress progress, String why) implements Stepping, Unpaused {

        @Override
        public Status status() {
            return Status.RUNNING;
        }

        @Override
        public Transition pause(String reason) {
            return new Transition.To(new Paused(progress, reason));
        }

        /** The same step, held for a reason; empty for none. */
        Running held(String reason) {
            return new Running(progress, reason);
        }

        @Override
        public Running clockSet(long by) {
            return new Running(progress.later(by), why);
        }
    }

    /** Its step holds until a call promotes it. */
    record Paused(Progress progress, String why) implements Stepping {

        @Override
        public Status status() {
            return Status.PAUSED;
        }

        @Override
        public Transition pause(String reason) {
            return Transition.NONE;
        }
    }

    /** Its last step holds. */
    record Complete(Progress progress, String why) implements Unpaused {

        @Override
        public Status status() {
            return Status.COMPLETE;
        }

        @Override
        public Transition pause(String reason) {
            return Transition.NONE;
        }

        @Override
        public Transition promote(Arrival arrival) {
            return Transition.NONE;
        }

        @Override
        public Complete clockSet(long by) {
            return new Complete(progress.later(by), why);
        }
    }

    /** All tenants went back to base. */
    record Aborted(Progress progress, String why) implements Ended {

        @Override
        public Status status() {
            return Status.ABORTED;
        }

        /** Done again, it changes nothing: tenants that are in the environment by then came otherwise. */
        @Override
        public Transition abort(String reason) {
            return Transition.NONE;
        }
    }

    /** The base took over. */
    record Finished(Progress progress) implements Ended {

        @Override
        public Status status() {
            return Status.FINISHED;
        }

        @Override
        public String why() {
            return "";
        }

        @Override
        public Transition abort(String reason) {
            return new Transition.Refused(Status.FINISHED);
        }
    }
}
