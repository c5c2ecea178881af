package io.laneway.control.plan;

import io.laneway.control.edit.EditOutcome;
import io.laneway.control.edit.EditResult;
import io.laneway.control.guard.Baseline;
import io.laneway.control.guard.Guard;
import io.laneway.control.guard.GuardWatch;
import io.laneway.control.plan.PlanMove.KeptPlan;
import io.laneway.control.plan.PlanState.Aborted;
import io.laneway.control.plan.PlanState.Ended;
import io.laneway.control.plan.PlanState.Transition;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Rows.PlanRow;
import io.laneway.control.table.Refusal;
import io.laneway.router.text.Slug;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the moves of plans: the new state is written with the change of the shift that it is for, whole or not at all.
 * Who moves a plan holds the lock of this object from reading its state on.
 */
final class PlanMoves {

    private final ControlStore store;
    private final Clock clock;
    private final PlanEdits edits;
    private final GuardWatch watch;
    private final PlanListener listener;

    PlanMoves(ControlStore store, Clock clock, PlanEdits edits, GuardWatch watch, PlanListener listener) {
        this.store = store;
        this.clock = clock;
        this.edits = edits;
        this.watch = watch;
        this.listener = listener;
    }

    /** The plan of a shift, if it has one. */
    Optional<KeptPlan> find(String shift) {
        return store.side().plan(Slug.of(shift)).map(row -> new KeptPlan(PlanDocument.read(row.body()), row.version()));
    }

    /** The plan of a shift. */
    KeptPlan get(String shift) {
        return find(shift).orElseThrow(() -> Refusal.absent("plan of shift " + shift));
    }

    /** Makes the first step of a plan hold. */
    PlanMove first(String shift, PlanState state, @Nullable KeptPlan replaced, PlanCall call) {
        KeptPlan next = new KeptPlan(state, replaced == null ? 1 : replaced.version() + 1);
        EditResult result =
                edits.step(shift, state.progress(), row(shift, next), call).orElseThrow();
        return noticed(shift, null, new PlanMove(next, result), call);
    }

    /** Makes what a call asks for. */
    PlanMove make(String shift, KeptPlan old, Transition transition, PlanCall call) {
        if (transition instanceof Transition.Refused refused) {
            throw Refusal.conflict(
                    "the plan of shift " + shift + " is " + refused.status().word());
        }
        return transition instanceof Transition.To to
                ? move(shift, old, to.next(), call)
                : new PlanMove(old, edits.keep(shift, null, call).orElseThrow());
    }

    /** Gives a plan its next state, with the change of the shift that belongs to it. */
    PlanMove move(String shift, KeptPlan old, PlanState state, PlanCall call) {
        KeptPlan next = new KeptPlan(state, old.version() + 1);
        EditResult result = edit(shift, old, next, call).orElseThrow();
        return noticed(shift, old.state(), new PlanMove(next, result), call);
    }

    /** The same, if the table can take it; why it cannot, else empty. */
    Optional<String> tryMove(String shift, KeptPlan old, PlanState state, PlanCall call) {
        KeptPlan next = new KeptPlan(state, old.version() + 1);
        EditOutcome edit = edit(shift, old, next, call);
        if (edit instanceof EditOutcome.Refused refused) {
            return Optional.of(String.valueOf(refused.reason().getMessage()));
        }
        noticed(shift, old.state(), new PlanMove(next, edit.orElseThrow()), call);
        return Optional.empty();
    }

    private EditOutcome edit(String shift, KeptPlan old, KeptPlan next, PlanCall call) {
        PlanState state = next.state();
        PlanRow row = row(shift, next);
        if (state instanceof Ended) {
            return edits.end(shift, state.plan(), row, state instanceof Aborted ? "abort" : "finish", call);
        }
        return state.step() == old.state().step()
                ? edits.keep(shift, row, call)
                : edits.step(shift, state.progress(), row, call);
    }

    /** Forgets a plan; the shift stays as it is. */
    PlanMove remove(String shift, KeptPlan old, PlanCall call) {
        PlanRow none = new PlanRow(Slug.of(shift), old.version() + 1, "");
        return new PlanMove(null, edits.keep(shift, none, call).orElseThrow());
    }

    /** What is known if a plan goes to its next step now. */
    Arrival arrival(String shift, PlanState state) {
        Guard guard = state.plan().guard();
        Map<String, Baseline> lately = guard == null ? Map.of() : watch.baselines(shift, state.guarded(), guard);
        return new Arrival(clock.millis(), lately, watch.taking(state.guarded()));
    }

    private static PlanRow row(String shift, KeptPlan next) {
        return new PlanRow(
                Slug.of(shift), next.version(), PlanDocument.kept(next.state()).encode());
    }

    /** Lets the listener know of a move that was made. */
    private PlanMove noticed(String shift, @Nullable PlanState old, PlanMove move, PlanCall call) {
        KeptPlan now = move.plan();
        if (now != null && !call.dryRun()) {
            PlanState state = now.state();
            if (old == null || old.status() != state.status() || old.step() != state.step()) {
                listener.moved(shift, state, call.author().who());
            }
        }
        return move;
    }
}
