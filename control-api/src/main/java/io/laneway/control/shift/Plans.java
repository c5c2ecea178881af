package io.laneway.control.shift;

import io.laneway.control.edit.EditResult;
import io.laneway.control.edit.Editor;
import io.laneway.control.gateways.Measures;
import io.laneway.control.shift.PlanMove.Standing;
import io.laneway.control.shift.PlanState.Status;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Rows.PlanRow;
import io.laneway.control.table.Refusal;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.text.Slug;
import io.laneway.router.unit.Share;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the plans. A plan's place is written with the change of the table that it stands for, whole or not at all; of
 * two that move a plan at once one wins. Safe for many threads; blocks.
 */
public final class Plans {

    private final ControlStore store;
    private final Editor editor;
    private final Measures measures;
    private final Clock clock;
    private final PlanEdits edits;
    private final Prometheus prometheus;
    private final GuardWatch watch;
    private final PlanListener listener;
    private final PlanRunner runner;

    /** Without a Prometheus server and without anyone who is told. */
    public Plans(ControlStore store, Editor editor, Measures measures, Clock clock, LongSupplier nanos) {
        this(store, editor, measures, clock, nanos, null, PlanListener.NONE);
    }

    /**
     * @param nanos      time that is never set, such as {@link System#nanoTime}
     * @param prometheus where guards' queries are asked, null for none
     * @param listener   is told of moves
     */
    public Plans(
            ControlStore store,
            Editor editor,
            Measures measures,
            Clock clock,
            LongSupplier nanos,
            @Nullable URI prometheus,
            PlanListener listener) {
        this.store = store;
        this.editor = editor;
        this.measures = measures;
        this.clock = clock;
        this.edits = new PlanEdits(editor);
        this.listener = listener;
        this.prometheus = new Prometheus(prometheus, nanos);
        this.watch = new GuardWatch(measures, editor, this.prometheus, clock);
        this.runner = new PlanRunner(this, store, measures, clock, new Pace(clock, nanos), watch);
    }

    /** The plan of a shift. */
    public Standing get(String shift) {
        return find(shift).orElseThrow(() -> Refusal.absent("plan of shift " + shift));
    }

    /** Begins a plan with its first step. */
    public synchronized PlanMove begin(String shift, Plan plan, PlanCall call) {
        Optional<Standing> old = find(shift);
        call.lanes().accept(plan.lane());
        condition(shift, old, call);
        old.filter(one -> !one.state().status().ended()).ifPresent(one -> {
            throw Refusal.conflict("shift " + shift + " has a plan that is "
                    + one.state().status().word() + " (expected: aborted, finished or deleted first)");
        });
        Share start = environment(shift, plan.lane()).share();
        edits.rehearse(shift, plan, start);
        asked(plan);
        PlanState fresh = PlanState.begun(plan, start, clock.millis());
        PlanState state = fresh.with(watch.taking(fresh));
        Standing next = new Standing(state, old.map(Standing::version).orElse(0L) + 1);
        measures.keep(longer(plan.window()));
        PlanMove move = new PlanMove(next, edits.step(shift, state, row(shift, next), call));
        if (!call.dryRun()) {
            watch.begin(shift, state);
        }
        return moved(shift, null, move, call);
    }

    /** Refuses queries that no server answers. */
    private void asked(Plan plan) {
        Guard guard = plan.guard();
        if (guard != null && !guard.prometheus().isEmpty() && !prometheus.present()) {
            throw new Refusal(
                    Refusal.Kind.UNSOUND,
                    "guard.prometheus: no server is configured (expected: laneway control --prometheus URL)",
                    List.of(Problem.at("guard.prometheus", "no server", "laneway control --prometheus URL")));
        }
    }

    /** Tells of a move that was made. */
    private PlanMove moved(String shift, @Nullable PlanState old, PlanMove move, PlanCall call) {
        PlanMove.Standing now = move.standing();
        if (now != null && !call.dryRun()) {
            PlanState state = now.state();
            if (old == null || old.status() != state.status() || old.step() != state.step()) {
                listener.moved(shift, state, call.author().who());
            }
        }
        return move;
    }

    /** What the guard of a plan said when this replica looked last, if it did. */
    public Optional<Verdict> verdict(String shift) {
        return watch.last(shift);
    }

    /** Looks at every plan, and moves none: for replicas that do not lead. */
    public void observe() {
        runner.observe();
    }

    /** Stands still until promoted; what stands already goes on standing. */
    public synchronized PlanMove pause(String shift, PlanCall call) {
        Standing old = going(shift, call);
        return old.state().status() == Status.RUNNING
                ? kept(shift, old, old.state().at(Status.PAUSED, call.signed("paused")), call)
                : new PlanMove(old, edits.same(shift, call));
    }

    /** Goes to the next step now, or on after a pause; there is none after the last. */
    public synchronized PlanMove promote(String shift, PlanCall call) {
        Standing old = going(shift, call);
        if (old.state().status() == Status.COMPLETE) {
            return new PlanMove(old, edits.same(shift, call));
        }
        return old.state().last()
                ? kept(shift, old, old.state().at(Status.COMPLETE, ""), call)
                : advance(shift, old, call);
    }

    /** Sends everybody to base. Done again, it changes nothing: whoever is in the environment by then came otherwise. */
    public synchronized PlanMove abort(String shift, String why, PlanCall call) {
        Standing old = movable(shift, call);
        if (old.state().status() == Status.ABORTED) {
            return new PlanMove(old, edits.same(shift, call));
        }
        old = going(shift, call);
        Standing next = after(old, old.state().at(Status.ABORTED, why));
        return moved(
                shift,
                old.state(),
                new PlanMove(next, edits.end(shift, old.state(), row(shift, next), "abort", call)),
                call);
    }

    /** The base runs the new version now: everybody goes there. */
    public synchronized PlanMove finish(String shift, PlanCall call) {
        Standing old = going(shift, call);
        Standing next = after(old, old.state().at(Status.FINISHED, ""));
        return moved(
                shift,
                old.state(),
                new PlanMove(next, edits.end(shift, old.state(), row(shift, next), "finish", call)),
                call);
    }

    /** Forgets a plan; the shift stays as it is. */
    public synchronized PlanMove remove(String shift, PlanCall call) {
        Standing old = movable(shift, call);
        EditResult result = edits.keep(shift, new PlanRow(Slug.of(shift), old.version() + 1, ""), call);
        return new PlanMove(null, result);
    }

    /** A plan as it was kept with an answer. */
    public static Standing standing(String kept, long version) {
        return new Standing(PlanState.parse(kept), version);
    }

    /** Looks at every plan once: aborts what is worse, holds what has few samples, moves on what waited long enough. */
    public void tick() {
        runner.tick();
    }

    /** Whether the shift stands as the plan's step left it. */
    boolean holds(String shift, PlanState state) {
        return edits.holds(shift, state);
    }

    /** The next step, now. */
    PlanMove advance(String shift, Standing old, PlanCall call) {
        Guard guard = old.state().plan().guard();
        Map<String, Stable> lately = guard == null ? Map.of() : watch.stable(shift, old.state(), guard);
        PlanState state = old.state().with(watch.taking(old.state())).next(clock.millis(), lately);
        Standing next = after(old, state);
        return moved(shift, old.state(), new PlanMove(next, edits.step(shift, state, row(shift, next), call)), call);
    }

    /** Keeps where a plan stands, without a change of its shift. */
    PlanMove kept(String shift, Standing old, PlanState state, PlanCall call) {
        Standing next = after(old, state);
        return moved(shift, old.state(), new PlanMove(next, edits.keep(shift, row(shift, next), call)), call);
    }

    static Standing after(Standing old, PlanState state) {
        return new Standing(state, old.version() + 1);
    }

    private static PlanRow row(String shift, Standing next) {
        return new PlanRow(Slug.of(shift), next.version(), next.state().kept().encode());
    }

    /** The plan that a call moves, if its caller may and its condition holds. */
    private Standing movable(String shift, PlanCall call) {
        Standing standing = get(shift);
        call.lanes().accept(standing.state().plan().lane());
        condition(shift, Optional.of(standing), call);
        return standing;
    }

    private Standing going(String shift, PlanCall call) {
        Standing standing = movable(shift, call);
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

    static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private Environment environment(String shift, String lane) {
        Shift now = editor.state().objects().shift(shift);
        if (now == null) {
            throw Refusal.absent("shift " + shift);
        }
        if (!now.enabled()) {
            throw Refusal.conflict("shift " + shift + " is not enabled (expected: enabled before a plan begins)");
        }
        return PlanEdits.find(now, lane)
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.UNSOUND,
                        "lane: " + lane + " (expected: an environment of shift " + shift + ")",
                        List.of(Problem.at("lane", lane, "an environment of shift " + shift))));
    }

    /** The plan of a shift, if it has one. */
    public Optional<Standing> find(String shift) {
        return store.side().plan(Slug.of(shift)).map(row -> new Standing(PlanState.parse(row.body()), row.version()));
    }
}
