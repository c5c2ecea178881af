package io.laneway.control.plan;

import io.laneway.control.gateways.Measures;
import io.laneway.control.guard.Guard;
import io.laneway.control.guard.GuardWatch;
import io.laneway.control.guard.Verdict;
import io.laneway.control.guard.Verdict.Word;
import io.laneway.control.plan.PlanMove.KeptPlan;
import io.laneway.control.plan.PlanState.Active;
import io.laneway.control.plan.PlanState.Running;
import io.laneway.control.plan.PlanState.Unpaused;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Rows.PlanRow;
import io.laneway.router.unit.Durations;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What plans do by themselves, with each tick of the jobs' thread, to which it is confined. */
final class PlanRunner {

    private static final Logger log = LoggerFactory.getLogger(PlanRunner.class);

    private final PlanMoves moves;
    private final PlanEdits edits;
    private final ControlStore store;
    private final Measures measures;
    private final Clock clock;
    private final ClockJumps jumps;
    private final GuardWatch watch;
    private final Map<String, String> troubles = new HashMap<>();
    private volatile Map<String, PlanState> seen = Map.of();

    PlanRunner(
            PlanMoves moves,
            PlanEdits edits,
            ControlStore store,
            Measures measures,
            Clock clock,
            ClockJumps jumps,
            GuardWatch watch) {
        this.moves = moves;
        this.edits = edits;
        this.store = store;
        this.measures = measures;
        this.clock = clock;
        this.jumps = jumps;
        this.watch = watch;
    }

    /** The plans by their shifts, as they were when this replica looked last. Any thread. */
    Map<String, PlanState> seen() {
        return seen;
    }

    /** Looks at each plan, and moves none: another replica does. */
    void observe() {
        Duration window = Duration.ZERO;
        Map<String, PlanState> now = new HashMap<>();
        for (PlanRow row : store.side().plans()) {
            PlanState state = PlanDocument.read(row.body());
            now.put(row.shift(), state);
            if (state instanceof Active active) {
                window = longer(window, active.plan().window());
                watch.judge(row.shift(), active.guarded());
            }
        }
        seen = now;
        measures.keep(window);
        jumps.jump();
    }

    /** Looks at each plan, and moves those for which it is time. */
    void tick() {
        Duration window = Duration.ZERO;
        long jump = jumps.jump();
        Map<String, PlanState> now = new HashMap<>();
        for (PlanRow row : store.side().plans()) {
            try {
                PlanState state = PlanDocument.read(row.body());
                now.put(row.shift(), state);
                if (state instanceof Active active) {
                    window = longer(window, active.plan().window());
                    trouble(row.shift(), look(row.shift(), jump));
                }
            } catch (IllegalStateException e) {
                // One plan that cannot be read, or was moved meanwhile, does not keep the others.
                trouble(row.shift(), Optional.of(String.valueOf(e.getMessage())));
            }
        }
        seen = now;
        measures.keep(window);
    }

    static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** Logs why a plan could not be moved, once for as long as it stays the same. */
    private void trouble(String shift, Optional<String> why) {
        if (why.isEmpty()) {
            troubles.remove(shift);
        } else if (!why.get().equals(troubles.put(shift, why.get()))) {
            log.atWarn()
                    .addKeyValue("shift", shift)
                    .addKeyValue("problem", why.get())
                    .log("plan not moved, tried again");
        }
    }

    /** Makes the move for which it is time; why the table refused it, else empty. */
    private Optional<String> look(String shift, long jump) {
        synchronized (moves) {
            KeptPlan old = moves.find(shift).orElse(null);
            if (old == null || !(old.state() instanceof Active active)) {
                return Optional.empty();
            }
            Verdict verdict = watch.judge(shift, active.guarded());
            if (verdict.word() == Word.WORSE) {
                return abort(shift, old, active, verdict.why());
            }
            return active instanceof Unpaused unpaused ? follow(shift, old, unpaused, verdict, jump) : Optional.empty();
        }
    }

    private Optional<String> abort(String shift, KeptPlan old, Active state, String why) {
        Optional<String> refused = moves.tryMove(shift, old, state.aborted(why), PlanCall.itself("guard: " + why));
        if (refused.isEmpty()) {
            log.atWarn().addKeyValue("shift", shift).addKeyValue("why", why).log("plan aborted by its guard");
        }
        return refused;
    }

    private Optional<String> follow(String shift, KeptPlan old, Unpaused state, Verdict verdict, long jump) {
        if (!edits.holds(shift, state.progress())) {
            return stop(shift, old, state, "the shift was changed by hand");
        }
        if (jump != 0) {
            PlanCall call = PlanCall.itself("the clock was set by " + Duration.ofMillis(jump));
            return moves.tryMove(shift, old, state.clockSet(jump), call);
        }
        return state instanceof Running running ? run(shift, old, running, verdict) : Optional.empty();
    }

    private Optional<String> stop(String shift, KeptPlan old, Unpaused state, String why) {
        return moves.tryMove(shift, old, state.stop(why), PlanCall.itself(why));
    }

    private Optional<String> run(String shift, KeptPlan old, Running state, Verdict verdict) {
        Progress progress = state.progress();
        Duration pause = progress.plan().steps().get(progress.step()).pause();
        long over = pause == null ? -1 : clock.millis() - progress.since() - pause.toMillis();
        Guard guard = progress.plan().guard();
        if (verdict.word() != Word.HOLD && over >= 0) {
            return advance(shift, old, state);
        }
        if (guard != null && over >= guard.maxHold().toMillis()) {
            return stop(shift, old, state, "held for " + Durations.format(guard.maxHold()) + ": " + verdict.why());
        }
        return state.why().equals(verdict.why())
                ? Optional.empty()
                : moves.tryMove(shift, old, state.held(verdict.why()), PlanCall.itself("plan of shift " + shift));
    }

    private Optional<String> advance(String shift, KeptPlan old, Running state) {
        PlanState next = state.advance(moves.arrival(shift, state));
        Optional<String> refused = moves.tryMove(shift, old, next, PlanCall.itself("plan of shift " + shift));
        return refused.isEmpty()
                ? refused
                : stop(shift, old, state, "step " + (state.step() + 2) + " cannot be taken: " + refused.get());
    }
}
