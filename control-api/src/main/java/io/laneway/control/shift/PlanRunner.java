package io.laneway.control.shift;

import io.laneway.control.gateways.Measures;
import io.laneway.control.shift.PlanMove.Standing;
import io.laneway.control.shift.PlanState.Status;
import io.laneway.control.shift.Verdict.Word;
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

    private final Plans plans;
    private final ControlStore store;
    private final Measures measures;
    private final Clock clock;
    private final Pace pace;
    private final GuardWatch watch;
    private final Map<String, String> troubles = new HashMap<>();

    PlanRunner(Plans plans, ControlStore store, Measures measures, Clock clock, Pace pace, GuardWatch watch) {
        this.plans = plans;
        this.store = store;
        this.measures = measures;
        this.clock = clock;
        this.pace = pace;
        this.watch = watch;
    }

    /** Looks at each plan, and moves none: another replica does. */
    void observe() {
        Duration window = Duration.ZERO;
        for (PlanRow row : store.side().plans()) {
            PlanState state = PlanState.parse(row.body());
            if (!state.status().ended()) {
                window = Plans.max(window, state.plan().window());
                watch.judge(row.shift(), state);
            }
        }
        measures.keep(window);
        pace.jump();
    }

    void tick() {
        Duration window = Duration.ZERO;
        long jump = pace.jump();
        for (PlanRow row : store.side().plans()) {
            try {
                PlanState state = PlanState.parse(row.body());
                if (!state.status().ended()) {
                    window = Plans.max(window, state.plan().window());
                    synchronized (plans) {
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

    /** Says a trouble once for as long as it stays the same. */
    private void trouble(String shift, RuntimeException e) {
        if (!e.toString().equals(troubles.put(shift, e.toString()))) {
            log.atWarn().setCause(e).addKeyValue("shift", shift).log("plan not moved, tried again");
        }
    }

    private void look(String shift, long jump) {
        Standing old = plans.get(shift);
        PlanState state = old.state();
        if (state.status().ended()) {
            return;
        }
        Verdict verdict = watch.judge(shift, state);
        if (verdict.word() == Word.WORSE) {
            plans.abort(shift, verdict.why(), PlanCall.itself("guard: " + verdict.why()));
            log.atWarn()
                    .addKeyValue("shift", shift)
                    .addKeyValue("why", verdict.why())
                    .log("plan aborted by its guard");
        } else if (state.status() == Status.PAUSED) {
            return;
        } else if (!plans.holds(shift, state)) {
            stand(shift, old, "the shift was changed by hand");
        } else if (jump != 0) {
            PlanCall call = PlanCall.itself("the clock was set by " + Duration.ofMillis(jump));
            plans.kept(shift, old, state.since(state.since() + jump), call);
        } else if (state.status() == Status.RUNNING) {
            goOn(shift, old, verdict);
        }
    }

    private void stand(String shift, Standing old, String why) {
        plans.kept(shift, old, old.state().at(Status.PAUSED, why), PlanCall.itself(why));
    }

    private void goOn(String shift, Standing old, Verdict verdict) {
        PlanState state = old.state();
        Duration pause = state.plan().steps().get(state.step()).pause();
        PlanCall call = PlanCall.itself("plan of shift " + shift);
        long held = pause == null ? -1 : clock.millis() - state.since() - pause.toMillis();
        boolean over = held >= 0;
        Guard guard = state.plan().guard();
        if (verdict.word() == Word.HOLD
                && guard != null
                && held >= guard.maxHold().toMillis()) {
            stand(shift, old, "held for " + Durations.format(guard.maxHold()) + ": " + verdict.why());
        } else if (verdict.word() == Word.HOLD || !over) {
            if (!state.why().equals(verdict.why())) {
                plans.kept(shift, old, state.at(Status.RUNNING, verdict.why()), call);
            }
        } else if (state.last()) {
            plans.kept(shift, old, state.at(Status.COMPLETE, ""), call);
        } else {
            try {
                plans.advance(shift, old, call);
            } catch (Refusal | TableRefused e) {
                stand(shift, old, "step " + (state.step() + 2) + " cannot be taken: " + e.getMessage());
            }
        }
    }
}
