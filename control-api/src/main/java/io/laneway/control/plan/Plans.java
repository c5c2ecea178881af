package io.laneway.control.plan;

import io.laneway.control.edit.Editor;
import io.laneway.control.gateways.Measures;
import io.laneway.control.guard.Guard;
import io.laneway.control.guard.GuardWatch;
import io.laneway.control.guard.Prometheus;
import io.laneway.control.guard.Verdict;
import io.laneway.control.plan.PlanMove.KeptPlan;
import io.laneway.control.plan.PlanState.Active;
import io.laneway.control.plan.PlanState.Running;
import io.laneway.control.shift.EnvironmentChange;
import io.laneway.control.store.ControlStore;
import io.laneway.control.table.Refusal;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Shift;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The plans of shifts: what calls do with them, and the tick by which they move by themselves. Of two that move a plan at
 * once one wins. Safe for many threads; blocks.
 */
public final class Plans {

    private final ControlStore store;
    private final Editor editor;
    private final Measures measures;
    private final Clock clock;
    private final PlanEdits edits;
    private final Prometheus prometheus;
    private final GuardWatch watch;
    private final PlanMoves moves;
    private final PlanRunner runner;

    /** Without a Prometheus server and without a listener. */
    public Plans(ControlStore store, Editor editor, Measures measures, Clock clock, LongSupplier nanos) {
        this(store, editor, measures, clock, nanos, null, PlanListener.NONE);
    }

    /**
     * @param nanos      time that is never set, such as {@link System#nanoTime}
     * @param prometheus where guards' queries are asked, null for none
     * @param listener   hears of moves
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
        this.prometheus = new Prometheus(prometheus, nanos);
        this.watch = new GuardWatch(measures, editor, this.prometheus, clock);
        this.moves = new PlanMoves(store, clock, edits, watch, listener);
        this.runner = new PlanRunner(moves, edits, store, measures, clock, new ClockJumps(clock, nanos), watch);
    }

    /** The plan of a shift, if it has one. */
    public Optional<KeptPlan> find(String shift) {
        return moves.find(shift);
    }

    /** The plan of a shift. */
    public KeptPlan get(String shift) {
        return moves.get(shift);
    }

    /** What the guard of a plan said when this replica looked last, if it did. */
    public Optional<Verdict> verdict(String shift) {
        return watch.last(shift);
    }

    /** What the services of a plan were like since this replica saw it first. */
    public JsonObject curves(String shift) {
        moves.get(shift);
        return watch.curves(shift);
    }

    /** A plan as it was kept with a response. */
    public static KeptPlan kept(String json, long version) {
        return new KeptPlan(PlanDocument.read(json), version);
    }

    /** Begins a plan with its first step. */
    public PlanMove begin(String shift, Plan plan, PlanCall call) {
        synchronized (moves) {
            KeptPlan old = find(shift).orElse(null);
            call.lanes().accept(plan.lane());
            condition(shift, old, call);
            if (old != null && old.state() instanceof Active active) {
                throw Refusal.conflict("shift " + shift + " has a plan that is "
                        + active.status().word() + " (expected: aborted, finished or deleted first)");
            }
            Progress fresh =
                    Progress.begun(plan, environment(shift, plan.lane()).share(), clock.millis());
            edits.rehearse(shift, fresh);
            requireServer(plan);
            PlanState state = new Running(fresh.with(watch.taking(fresh.guarded())), "");
            measures.keep(longest(plan.window()));
            PlanMove move = moves.first(shift, state, old, call);
            if (!call.dryRun()) {
                watch.begin(shift, state.guarded());
            }
            return move;
        }
    }

    /** Waits until promoted; what waits already, and what is complete, stays as it is. */
    public PlanMove pause(String shift, PlanCall call) {
        synchronized (moves) {
            KeptPlan old = movable(shift, call);
            return moves.make(shift, old, old.state().pause(call.signed("paused")), call);
        }
    }

    /** Goes to the next step now, or continues after a pause; there is none after the last. */
    public PlanMove promote(String shift, PlanCall call) {
        synchronized (moves) {
            KeptPlan old = movable(shift, call);
            return moves.make(shift, old, old.state().promote(moves.arrival(shift, old.state())), call);
        }
    }

    /** Sends all tenants to base. */
    public PlanMove abort(String shift, String why, PlanCall call) {
        synchronized (moves) {
            KeptPlan old = movable(shift, call);
            return moves.make(shift, old, old.state().abort(why), call);
        }
    }

    /** The base runs the new version now: all tenants go there. */
    public PlanMove finish(String shift, PlanCall call) {
        synchronized (moves) {
            KeptPlan old = movable(shift, call);
            return moves.make(shift, old, old.state().finish(), call);
        }
    }

    /** Forgets a plan; the shift stays as it is. */
    public PlanMove remove(String shift, PlanCall call) {
        synchronized (moves) {
            return moves.remove(shift, movable(shift, call), call);
        }
    }

    /** Looks at each plan once: aborts what is worse, holds what has few samples, moves on what waited long enough. */
    public void tick() {
        runner.tick();
    }

    /** The plans by their shifts, as they were when this replica looked last. */
    public Map<String, PlanState> seen() {
        return runner.seen();
    }

    /** The name of a shift as it was given; what plans are kept by is its slug. */
    String name(String shift) {
        Shift now = editor.state().objects().shift(shift);
        return now == null ? shift : now.name();
    }

    /** Looks at each plan, and moves none: for replicas that do not lead. */
    public void observe() {
        runner.observe();
    }

    /** The plan that a call moves, if its client may and its condition holds. */
    private KeptPlan movable(String shift, PlanCall call) {
        KeptPlan kept = get(shift);
        call.lanes().accept(kept.state().plan().lane());
        condition(shift, kept, call);
        return kept;
    }

    private static void condition(String shift, @Nullable KeptPlan kept, PlanCall call) {
        if (call.ifMatch() != null) {
            call.ifMatch().check("the plan of shift " + shift, kept == null ? null : kept.tag());
        }
    }

    /** Refuses queries while there is no server to ask. */
    private void requireServer(Plan plan) {
        Guard guard = plan.guard();
        if (guard != null && !guard.prometheus().isEmpty() && !prometheus.present()) {
            throw new Refusal(
                    Refusal.Kind.UNSOUND,
                    "guard.prometheus: no server is configured (expected: laneway control --prometheus URL)",
                    List.of(Problem.at("guard.prometheus", "no server", "laneway control --prometheus URL")));
        }
    }

    /** The longest window of this one and of those of the plans that move. */
    private Duration longest(Duration window) {
        return store.side().plans().stream()
                .map(row -> PlanDocument.read(row.body()))
                .filter(Active.class::isInstance)
                .map(state -> state.plan().window())
                .reduce(window, PlanRunner::longer);
    }

    private Environment environment(String shift, String lane) {
        Shift now = editor.state().objects().shift(shift);
        if (now == null) {
            throw Refusal.absent("shift " + shift);
        }
        if (!now.enabled()) {
            throw Refusal.conflict("shift " + shift + " is not enabled (expected: enabled before a plan begins)");
        }
        return EnvironmentChange.find(now, lane)
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.UNSOUND,
                        "lane: " + lane + " (expected: an environment of shift " + shift + ")",
                        List.of(Problem.at("lane", lane, "an environment of shift " + shift))));
    }
}
