package io.laneway.control.shift;

import io.laneway.control.gateways.Measures;
import io.laneway.control.shift.Guard.Verdict;
import io.laneway.control.shift.Guard.Word;
import io.laneway.control.shift.PlanState.Status;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.SideRows.PlanRow;
import io.laneway.control.table.EditCall.Author;
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
 * Runs the plans: the table is changed first and the plan's place noted after it, so that after a crash in between the
 * step is done again, which changes nothing. Of two that move a plan at once one wins. Safe for many threads; blocks.
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
    public PlanState get(String shift) {
        return find(shift).map(row -> PlanState.parse(row.body())).orElseThrow(() -> absent(shift));
    }

    /** Begins a plan with its first step. */
    public synchronized PlanState begin(String shift, Plan plan, Author author) {
        Optional<PlanRow> old = find(shift);
        old.map(row -> PlanState.parse(row.body()))
                .filter(s -> !s.status().ended())
                .ifPresent(state -> {
                    throw Refusal.conflict("shift " + shift + " has a plan that is "
                            + state.status().word() + " (expected: aborted, finished or deleted first)");
                });
        Share start = environment(shift, plan.lane()).share();
        PlanState state = new PlanState(plan, Status.RUNNING, 0, clock.millis(), start, "");
        edits.step(shift, state, author);
        return put(shift, state, old.map(PlanRow::version).orElse(0L));
    }

    /** Stands still until promoted. */
    public synchronized PlanState pause(String shift) {
        PlanRow row = row(shift);
        PlanState state = going(shift, row);
        return put(shift, state.at(Status.PAUSED, "paused by a call"), row.version());
    }

    /** Goes to the next step now, or on after a pause. */
    public synchronized PlanState promote(String shift, Author author) {
        PlanRow row = row(shift);
        PlanState state = going(shift, row);
        if (state.last()) {
            return put(shift, state.at(Status.COMPLETE, ""), row.version());
        }
        return advance(shift, state, row.version(), author);
    }

    /** Sends everybody to base. Done again, it changes nothing. */
    public synchronized PlanState abort(String shift, String why, Author author) {
        PlanRow row = row(shift);
        PlanState state = PlanState.parse(row.body());
        edits.end(shift, state, "abort", author);
        return put(shift, state.at(Status.ABORTED, why), row.version());
    }

    /** The base runs the new version now: everybody goes there. */
    public synchronized PlanState finish(String shift, Author author) {
        PlanRow row = row(shift);
        PlanState state = going(shift, row);
        edits.end(shift, state, "finish", author);
        return put(shift, state.at(Status.FINISHED, ""), row.version());
    }

    /** Forgets a plan; the shift stays as it is. */
    public synchronized void remove(String shift) {
        row(shift);
        store.side().removePlan(Slug.of(shift));
    }

    /** Looks at every plan once: aborts what is worse, holds what has few samples, moves on what waited long enough. */
    public void tick() {
        for (PlanRow row : store.side().plans()) {
            try {
                tick(row.shift());
            } catch (Refusal | IllegalStateException e) {
                log.atWarn().setCause(e).addKeyValue("shift", row.shift()).log("plan not moved, tried again");
            }
        }
    }

    private synchronized void tick(String shift) {
        PlanRow row = row(shift);
        PlanState state = PlanState.parse(row.body());
        if (state.status().ended()) {
            return;
        }
        if (!edits.holds(shift, state)) {
            pauseOnce(shift, row, state, "the shift was changed by hand");
            return;
        }
        Verdict verdict = judge(state);
        if (verdict.word() == Word.WORSE) {
            abort(shift, verdict.why(), Author.itself("guard: " + verdict.why()));
            log.atWarn()
                    .addKeyValue("shift", shift)
                    .addKeyValue("why", verdict.why())
                    .log("plan aborted by its guard");
        } else if (state.status() == Status.RUNNING) {
            goOn(shift, row, state, verdict);
        }
    }

    private void goOn(String shift, PlanRow row, PlanState state, Verdict verdict) {
        Duration pause = state.plan().steps().get(state.step()).pause();
        if (verdict.word() == Word.HOLD) {
            if (!state.why().equals(verdict.why())) {
                put(shift, state.at(Status.RUNNING, verdict.why()), row.version());
            }
        } else if (pause != null && clock.millis() - state.since() >= pause.toMillis()) {
            if (state.last()) {
                put(shift, state.at(Status.COMPLETE, ""), row.version());
            } else {
                advance(shift, state, row.version(), Author.itself("plan of shift " + shift));
            }
        }
    }

    private void pauseOnce(String shift, PlanRow row, PlanState state, String why) {
        if (state.status() != Status.PAUSED) {
            put(shift, state.at(Status.PAUSED, why), row.version());
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

    private PlanState advance(String shift, PlanState state, long version, Author author) {
        PlanState next = state.at(Status.RUNNING, state.step() + 1, clock.millis());
        edits.step(shift, next, author);
        return put(shift, next, version);
    }

    private PlanState put(String shift, PlanState state, long version) {
        if (!store.side()
                .putPlan(new PlanRow(Slug.of(shift), version + 1, state.json().encode()))) {
            throw Refusal.conflict("the plan of shift " + shift + " was moved by somebody else (expected: look again)");
        }
        return state;
    }

    private PlanState going(String shift, PlanRow row) {
        PlanState state = PlanState.parse(row.body());
        if (state.status().ended()) {
            throw Refusal.conflict(
                    "the plan of shift " + shift + " is " + state.status().word());
        }
        return state;
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

    private Optional<PlanRow> find(String shift) {
        return store.side().plan(Slug.of(shift));
    }

    private PlanRow row(String shift) {
        return find(shift).orElseThrow(() -> absent(shift));
    }

    private static Refusal absent(String shift) {
        return Refusal.absent("plan of shift " + shift);
    }
}
