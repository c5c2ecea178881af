package io.laneway.control.shift;

import io.laneway.control.gateways.Measures;
import io.laneway.control.shift.Guard.Verdict;
import io.laneway.control.shift.Guard.Word;
import io.laneway.control.shift.PlanMove.Standing;
import io.laneway.control.shift.PlanState.Status;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Rows.PlanRow;
import io.laneway.control.table.EditResult;
import io.laneway.control.table.Editor;
import io.laneway.control.table.Refusal;
import io.laneway.router.model.Environment;
import io.laneway.router.model.Shift;
import io.laneway.router.text.Slug;
import io.laneway.router.unit.Share;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the plans. A plan's place is written with the change of the table that it stands for, whole or not at all; of
 * two that move a plan at once one wins. Safe for many threads; blocks.
 */
public final class Plans {

    private static final Logger log = LoggerFactory.getLogger(Plans.class);

    private final ControlStore store;
    private final Editor editor;
    private final Measures measures;
    private final Clock clock;
    private final PlanEdits edits;

    public Plans(ControlStore store, Editor editor, Measures measures, Clock clock) {
        this.store = store;
        this.editor = editor;
        this.measures = measures;
        this.clock = clock;
        this.edits = new PlanEdits(editor);
    }

    /** The plan of a shift. */
    public Standing get(String shift) {
        return find(shift).orElseThrow(() -> Refusal.absent("plan of shift " + shift));
    }

    /** Begins a plan with its first step. */
    public synchronized PlanMove begin(String shift, Plan plan, PlanCall call) {
        Optional<Standing> old = find(shift);
        condition(shift, old, call);
        old.filter(one -> !one.state().status().ended()).ifPresent(one -> {
            throw Refusal.conflict("shift " + shift + " has a plan that is "
                    + one.state().status().word() + " (expected: aborted, finished or deleted first)");
        });
        Share start = environment(shift, plan.lane()).share();
        PlanState state = new PlanState(plan, Status.RUNNING, 0, clock.millis(), start, "");
        Standing next = new Standing(state, old.map(Standing::version).orElse(0L) + 1);
        measures.keep(longer(plan.window()));
        return new PlanMove(next, edits.step(shift, state, row(shift, next), call));
    }

    /** Stands still until promoted. */
    public synchronized PlanMove pause(String shift, PlanCall call) {
        Standing old = going(shift, call);
        return kept(shift, after(old, old.state().at(Status.PAUSED, call.signed("paused"))), call);
    }

    /** Goes to the next step now, or on after a pause. */
    public synchronized PlanMove promote(String shift, PlanCall call) {
        Standing old = going(shift, call);
        return old.state().last()
                ? kept(shift, after(old, old.state().at(Status.COMPLETE, "")), call)
                : advance(shift, old, call);
    }

    /** Sends everybody to base. Done again, it changes nothing. */
    public synchronized PlanMove abort(String shift, String why, PlanCall call) {
        Standing old = get(shift);
        condition(shift, Optional.of(old), call);
        Standing next = after(old, old.state().at(Status.ABORTED, why));
        return new PlanMove(next, edits.end(shift, old.state(), row(shift, next), "abort", call));
    }

    /** The base runs the new version now: everybody goes there. */
    public synchronized PlanMove finish(String shift, PlanCall call) {
        Standing old = going(shift, call);
        Standing next = after(old, old.state().at(Status.FINISHED, ""));
        return new PlanMove(next, edits.end(shift, old.state(), row(shift, next), "finish", call));
    }

    /** Forgets a plan; the shift stays as it is. */
    public synchronized PlanMove remove(String shift, PlanCall call) {
        Standing old = get(shift);
        condition(shift, Optional.of(old), call);
        EditResult result = edits.keep(shift, new PlanRow(Slug.of(shift), old.version() + 1, ""), call);
        return new PlanMove(null, result);
    }

    /** Looks at every plan once: aborts what is worse, holds what has few samples, moves on what waited long enough. */
    public void tick() {
        Duration window = Duration.ZERO;
        for (PlanRow row : store.side().plans()) {
            try {
                PlanState state = PlanState.parse(row.body());
                if (!state.status().ended()) {
                    window = max(window, state.plan().window());
                    tick(row.shift());
                }
            } catch (Refusal | IllegalStateException e) {
                log.atWarn().setCause(e).addKeyValue("shift", row.shift()).log("plan not moved, tried again");
            }
        }
        measures.keep(window);
    }

    private synchronized void tick(String shift) {
        Standing old = get(shift);
        PlanState state = old.state();
        if (state.status().ended()) {
            return;
        }
        if (!edits.holds(shift, state)) {
            if (state.status() != Status.PAUSED) {
                String why = "the shift was changed by hand";
                kept(shift, after(old, state.at(Status.PAUSED, why)), PlanCall.itself(why));
            }
            return;
        }
        Verdict verdict = judge(state);
        if (verdict.word() == Word.WORSE) {
            abort(shift, verdict.why(), PlanCall.itself("guard: " + verdict.why()));
            log.atWarn()
                    .addKeyValue("shift", shift)
                    .addKeyValue("why", verdict.why())
                    .log("plan aborted by its guard");
        } else if (state.status() == Status.RUNNING) {
            goOn(shift, old, verdict);
        }
    }

    private void goOn(String shift, Standing old, Verdict verdict) {
        PlanState state = old.state();
        Duration pause = state.plan().steps().get(state.step()).pause();
        PlanCall call = PlanCall.itself("plan of shift " + shift);
        if (verdict.word() == Word.HOLD) {
            if (!state.why().equals(verdict.why())) {
                kept(shift, after(old, state.at(Status.RUNNING, verdict.why())), call);
            }
        } else if (pause != null && clock.millis() - state.since() >= pause.toMillis()) {
            if (state.last()) {
                kept(shift, after(old, state.at(Status.COMPLETE, "")), call);
            } else {
                advance(shift, old, call);
            }
        }
    }

    private Verdict judge(PlanState state) {
        Guard guard = state.plan().guard();
        if (guard == null) {
            return new Verdict(Word.FINE, "");
        }
        long from = Math.max(state.since(), clock.millis() - guard.window().toMillis());
        return guard.judge(
                measures.since(from),
                state.plan().lane(),
                editor.state().objects().base());
    }

    private PlanMove advance(String shift, Standing old, PlanCall call) {
        Standing next = after(old, old.state().at(Status.RUNNING, old.state().step() + 1, clock.millis()));
        return new PlanMove(next, edits.step(shift, next.state(), row(shift, next), call));
    }

    private PlanMove kept(String shift, Standing next, PlanCall call) {
        return new PlanMove(next, edits.keep(shift, row(shift, next), call));
    }

    private static Standing after(Standing old, PlanState state) {
        return new Standing(state, old.version() + 1);
    }

    private static PlanRow row(String shift, Standing next) {
        return new PlanRow(Slug.of(shift), next.version(), next.state().json().encode());
    }

    private Standing going(String shift, PlanCall call) {
        Standing standing = get(shift);
        condition(shift, Optional.of(standing), call);
        if (standing.state().status().ended()) {
            throw Refusal.conflict("the plan of shift " + shift + " is "
                    + standing.state().status().word());
        }
        return standing;
    }

    private static void condition(String shift, Optional<Standing> standing, PlanCall call) {
        if (call.ifMatch() != null) {
            call.ifMatch()
                    .check(
                            "the plan of shift " + shift,
                            standing.map(Standing::tag).orElse(null));
        }
    }

    private Duration longer(Duration window) {
        return store.side().plans().stream()
                .map(row -> PlanState.parse(row.body()))
                .filter(state -> !state.status().ended())
                .map(state -> state.plan().window())
                .reduce(window, Plans::max);
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private Environment environment(String shift, String lane) {
        Shift now = editor.state().objects().shift(shift);
        if (now == null) {
            throw Refusal.absent("shift " + shift);
        }
        return PlanEdits.find(now, lane)
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.UNSOUND, "lane: " + lane + " (expected: an environment of shift " + shift + ")"));
    }

    /** The plan of a shift, if it has one. */
    public Optional<Standing> find(String shift) {
        return store.side().plan(Slug.of(shift)).map(row -> new Standing(PlanState.parse(row.body()), row.version()));
    }
}
