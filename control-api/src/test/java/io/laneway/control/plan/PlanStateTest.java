package io.laneway.control.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.guard.Baseline;
import io.laneway.control.plan.PlanState.Active;
import io.laneway.control.plan.PlanState.Ended;
import io.laneway.control.plan.PlanState.Running;
import io.laneway.control.plan.PlanState.Status;
import io.laneway.control.plan.PlanState.Transition;
import io.laneway.control.plan.PlanState.Unpaused;
import io.laneway.router.unit.Share;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every state of a plan with every move. */
class PlanStateTest {

    private static final Plan PLAN = new Plan(
            "G0",
            List.of(
                    new Plan.Step(Share.parse("5%"), null, Duration.ofMinutes(1)),
                    new Plan.Step(null, "demo", null),
                    new Plan.Step(Share.parse("70%"), null, null)),
            Map.of("demo", List.of("d1")),
            null);

    private static final Arrival ARRIVAL =
            new Arrival(2_000, Map.of("a", new Baseline(100, 0.01, 5)), Set.of("a", "b"));

    private static PlanState at(Status status, int step) {
        Progress progress = new Progress(PLAN, step, 1_000, Share.parse("1%"), Map.of(), Set.of("old"), 500);
        return switch (status) {
            case RUNNING -> new Running(progress, "held");
            case PAUSED -> new PlanState.Paused(progress, "by ada");
            case COMPLETE -> new PlanState.Complete(progress, "");
            case ABORTED -> new PlanState.Aborted(progress, "worse");
            case FINISHED -> new PlanState.Finished(progress);
        };
    }

    private static Transition call(PlanState state, String move) {
        return switch (move) {
            case "pause" -> state.pause("why");
            case "promote" -> state.promote(ARRIVAL);
            case "abort" -> state.abort("why");
            case "finish" -> state.finish();
            default -> throw new IllegalArgumentException(move);
        };
    }

    private static String said(Transition transition) {
        if (transition instanceof Transition.Refused refused) {
            return "refused: " + refused.status().word();
        }
        return transition instanceof Transition.To to
                ? to.next().status() + " at " + to.next().step()
                : "same";
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING,  0, pause,   PAUSED at 0",
        "RUNNING,  0, promote, RUNNING at 1",
        "RUNNING,  1, promote, RUNNING at 2",
        "RUNNING,  2, promote, COMPLETE at 2",
        "RUNNING,  1, abort,   ABORTED at 1",
        "RUNNING,  1, finish,  FINISHED at 1",
        "PAUSED,   0, pause,   same",
        "PAUSED,   0, promote, RUNNING at 1",
        "PAUSED,   2, promote, COMPLETE at 2",
        "PAUSED,   1, abort,   ABORTED at 1",
        "PAUSED,   1, finish,  FINISHED at 1",
        "COMPLETE, 2, pause,   same",
        "COMPLETE, 2, promote, same",
        "COMPLETE, 2, abort,   ABORTED at 2",
        "COMPLETE, 2, finish,  FINISHED at 2",
        "ABORTED,  1, pause,   refused: aborted",
        "ABORTED,  1, promote, refused: aborted",
        "ABORTED,  1, abort,   same",
        "ABORTED,  1, finish,  refused: aborted",
        "FINISHED, 2, pause,   refused: finished",
        "FINISHED, 2, promote, refused: finished",
        "FINISHED, 2, abort,   refused: finished",
        "FINISHED, 2, finish,  refused: finished"
    })
    void aCallMovesAPlanOrChangesNothingOrIsRefused(Status from, int step, String move, String becomes) {
        assertThat(said(call(at(from, step), move))).isEqualTo(becomes);
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING,  true,  true",
        "PAUSED,   false, true",
        "COMPLETE, true,  true",
        "ABORTED,  false, false",
        "FINISHED, false, false"
    })
    void whatAPlanMayDoByItselfFollowsFromItsType(Status status, boolean stops, boolean active) {
        PlanState state = at(status, 2);

        assertThat(state.status()).isEqualTo(status);
        assertThat(state instanceof Unpaused).isEqualTo(stops);
        assertThat(state instanceof Active).isEqualTo(active);
        assertThat(state instanceof Ended).isEqualTo(!active);
        if (state instanceof Unpaused unpaused) {
            assertThat(unpaused.stop("by hand").status()).isEqualTo(Status.PAUSED);
            assertThat(unpaused.stop("by hand").why()).isEqualTo("by hand");
        }
    }

    @Test
    void aFurtherStepBeginsWhenItIsTakenWithWhatWasLearnt() {
        Progress before = at(Status.RUNNING, 0).progress();

        Progress next = before.next(ARRIVAL);

        assertThat(next)
                .isEqualTo(new Progress(
                        PLAN, 1, 2_000, before.start(), ARRIVAL.baselines(), ARRIVAL.services(), before.begun()));
        assertThat(next.share()).isEqualTo(Share.parse("5%"));
        assertThat(next.tenants()).containsExactly("d1");
    }

    @Test
    void baselinesOfEarlierStepsStayUntilThereAreNewerOnes() {
        Progress first = at(Status.RUNNING, 0).progress().next(ARRIVAL);

        Progress second = first.next(new Arrival(
                3_000, Map.of("b", new Baseline(200, 0.02, 6), "a", new Baseline(300, 0.03, 7)), Set.of("a")));
        Progress again = first.next(new Arrival(3_000, Map.of(), Set.of()));

        assertThat(second.baselines())
                .containsEntry("a", new Baseline(300, 0.03, 7))
                .containsKey("b");
        assertThat(again.baselines()).isEqualTo(ARRIVAL.baselines());
    }

    @Test
    void theLastStepIsCompletedWithoutAnythingNew() {
        Active complete = ((Running) at(Status.RUNNING, 2)).advance(ARRIVAL);

        assertThat(complete)
                .isEqualTo(new PlanState.Complete(at(Status.RUNNING, 2).progress(), ""));
    }

    @Test
    void aClockThatWasSetMovesTheStepAndNotThePlan() {
        for (Status status : List.of(Status.RUNNING, Status.COMPLETE)) {
            Unpaused state = (Unpaused) at(status, 2);

            Unpaused moved = state.clockSet(-400);

            assertThat(moved.progress().since()).isEqualTo(600);
            assertThat(moved.progress().begun()).isEqualTo(500);
            assertThat(moved.why()).isEqualTo(state.why());
            assertThat(moved.status()).isEqualTo(status);
        }
    }

    @Test
    void noStateThatCanBeReachedIsBeyondTheStepsOrComesBackFromItsEnd() {
        Set<PlanState> seen = new HashSet<>();
        Deque<PlanState> open = new ArrayDeque<>(List.of(new Running(Progress.begun(PLAN, Share.NONE, 0), "")));
        while (!open.isEmpty()) {
            PlanState state = open.pop();
            if (!seen.add(state)) {
                continue;
            }
            assertThat(state.step()).isBetween(0, PLAN.steps().size() - 1);
            assertThat(state.status() != Status.COMPLETE || state.progress().last())
                    .isTrue();
            List<PlanState> next = successors(state);
            assertThat(state instanceof Ended).isEqualTo(next.isEmpty());
            open.addAll(next);
        }
        assertThat(seen).extracting(PlanState::status).contains(Status.values());
    }

    private static List<PlanState> successors(PlanState state) {
        List<PlanState> next = new ArrayList<>();
        for (String move : List.of("pause", "promote", "abort", "finish")) {
            if (call(state, move) instanceof Transition.To to) {
                next.add(to.next());
            }
        }
        if (state instanceof Unpaused unpaused) {
            next.add(unpaused.stop("why"));
        }
        return next;
    }

    @ParameterizedTest
    @CsvSource({"RUNNING, 0", "PAUSED, 1", "COMPLETE, 2", "ABORTED, 1", "FINISHED, 2"})
    void theStoreKeepsEachStateWhole(Status status, int step) {
        PlanState state = at(status, step);
        PlanState learnt =
                step == 0 ? new Running(state.progress().next(ARRIVAL).with(Set.of("x", "y")), "why \"this\"") : state;

        assertThat(PlanDocument.read(PlanDocument.kept(state).encode())).isEqualTo(state);
        assertThat(PlanDocument.read(PlanDocument.kept(learnt).encode())).isEqualTo(learnt);
    }

    @Test
    void plansThatAnOlderProgramKeptAreRead() {
        PlanState state = PlanDocument.read("""
                {"lane":"G0","steps":[{"share":"5%"},{"share":"70%","pause":"1h"}],"status":"paused","step":1,"of":2,
                 "since":"2026-01-02T03:04:05Z","start":"0%","why":"by hand","stable":{"a":0.03}}""");

        assertThat(state.status()).isEqualTo(Status.PAUSED);
        assertThat(state.step()).isEqualTo(1);
        assertThat(state.why()).isEqualTo("by hand");
        assertThat(state.progress().begun())
                .as("the step's time")
                .isEqualTo(state.progress().since());
        assertThat(state.progress().baselines()).containsEntry("a", new Baseline(100, 0.03, 0));
        assertThat(state.progress().services()).isEmpty();
    }
}
