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
import io.laneway.control.table.Refusal;
import io.laneway.router.source.TableRefused;
import io.laneway.router.unit.Durations;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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

    /** Looks at each plan, and moves none: another replica does. */
    void observe() {
        Duration window = Duration.ZERO;
        for (PlanRow row : store.side().plans()) {
            if (PlanDocument.read(row.body()) instanceof Active state) {
                window = longer(window, state.plan().window());
                watch.judge(row.shift(), state.guarded());
            }
        }
        measures.keep(window);
        jumps.jump();
    }

    /** Looks at each plan, and moves those for which it is time. */
    void tick() {
        Duration window = Duration.ZERO;
        long jump = jumps.jump();
        for (PlanRow row : store.side().plans()) {
            try {
                if (PlanDocument.read(row.body()) instanceof Active state) {
                    window = longer(window, state.plan().window());
                    synchronized (moves) {
                        look(row.shift(), jump);
                    }
                }
                troubles.remove(row.shift());
            } catch (Refusal | TableRefused | IllegalStateException e) {
                trouble(row.shift(), e);
            }
        }
        measures.keep(window);
    }

    static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** Logs a trouble once for as long as it stays the same. */
    private void trouble(String shift, RuntimeException e) {
        if (!e.toString().equals(troubles.put(shift, e.toString()))) {
            log.atWarn().setCause(e).addKeyValue("shift", shift).log("plan not moved, tried again");
        }
    }

    private void look(String shift, long jump) {
        KeptPlan old = moves.get(shift);
        if (!(old.state() instanceof Active active)) {
            return;
        }
        Verdict verdict = watch.judge(shift, active.guarded());
        if (verdict.word() == Word.WORSE) {
            abort(shift, old, verdict.why());
        } else if (active instanceof Unpaused unpaused) {
            follow(shift, old, unpaused, verdict, jump);
        }
    }

    private void abort(String shift, KeptPlan old, String why) {
        moves.make(shift, old, old.state().abort(why), PlanCall.itself("guard: " + why));
        log.atWarn().addKeyValue("shift", shift).addKeyValue("why", why).log("plan aborted by its guard");
    }

    private void follow(String shift, KeptPlan old, Unpaused state, Verdict verdict, long jump) {
        if (!edits.holds(shift, state.progress())) {
            stop(shift, old, state, "the shift was changed by hand");
        } else if (jump != 0) {
            PlanCall call = PlanCall.itself("the clock was set by " + Duration.ofMillis(jump));
            moves.move(shift, old, state.clockSet(jump), call);
        } else if (state instanceof Running running) {
            run(shift, old, running, verdict);
        }
    }

    private void stop(String shift, KeptPlan old, Unpaused state, String why) {
        moves.move(shift, old, state.stop(why), PlanCall.itself(why));
    }

    private void run(String shift, KeptPlan old, Running state, Verdict verdict) {
        Progress progress = state.progress();
        Duration pause = progress.plan().steps().get(progress.step()).pause();
        long over = pause == null ? -1 : clock.millis() - progress.since() - pause.toMillis();
        Guard guard = progress.plan().guard();
        if (verdict.word() != Word.HOLD && over >= 0) {
            advance(shift, old, state);
        } else if (guard != null && over >= guard.maxHold().toMillis()) {
            stop(shift, old, state, "held for " + Durations.format(guard.maxHold()) + ": " + verdict.why());
        } else if (!state.why().equals(verdict.why())) {
            moves.move(shift, old, state.held(verdict.why()), PlanCall.itself("plan of shift " + shift));
        }
    }

    private void advance(String shift, KeptPlan old, Running state) {
        PlanState next = state.advance(moves.arrival(shift, state));
        moves.tryMove(shift, old, next, PlanCall.itself("plan of shift " + shift))
                .ifPresent(why -> stop(shift, old, state, "step " + (state.step() + 2) + " cannot be taken: " + why));
    }
}
