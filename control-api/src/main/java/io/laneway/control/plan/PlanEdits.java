package io.laneway.control.plan;

import io.laneway.control.edit.EditCall;
import io.laneway.control.edit.EditCall.Author;
import io.laneway.control.edit.EditOutcome;
import io.laneway.control.edit.Editor;
import io.laneway.control.shift.EnvironmentChange;
import io.laneway.control.store.Rows.PlanRow;
import io.laneway.control.table.ObjectKeys;
import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableObjects;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.shift.ShiftOutcome;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.unit.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a plan changes in its shift: the share and the pins of its environment, and nothing else. */
final class PlanEdits {

    private final Editor editor;

    PlanEdits(Editor editor) {
        this.editor = editor;
    }

    /** Makes the step of a plan hold, and keeps the plan with it. */
    EditOutcome step(String shift, Progress progress, PlanRow row, PlanCall call) {
        Plan plan = progress.plan();
        String why = "step " + (progress.step() + 1) + " of " + plan.steps().size() + ": " + progress.share();
        return submit(shift, "plan", row, call.because(why), now -> {
            ShiftOutcome next =
                    EnvironmentChange.widened(present(now, shift), plan.lane(), progress.share(), progress.tenants());
            return with(now, next);
        });
    }

    /**
     * Sends to base what is in the environment, requests without a tenant too, and keeps the plan with it; a shift that is
     * gone has nothing.
     */
    EditOutcome end(String shift, Plan plan, PlanRow row, String action, PlanCall call) {
        return submit(shift, action, row, call, now -> {
            Shift old = now.shift(shift);
            return old == null ? now : with(now, EnvironmentChange.emptied(old, plan.lane()));
        });
    }

    /** Keeps a plan that moved without its shift; without a row, only the response of the call. */
    EditOutcome keep(String shift, @Nullable PlanRow row, PlanCall call) {
        return submit(shift, "plan", row, call, now -> now);
    }

    /** Refuses a plan that is about to begin if one of its steps could not be taken as the shift is now. */
    void rehearse(String shift, Progress fresh) {
        Plan plan = fresh.plan();
        Shift now = present(editor.state().objects(), shift);
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < plan.steps().size(); i++) {
            ShiftOutcome outcome =
                    EnvironmentChange.widened(now, plan.lane(), plan.shareAt(i, fresh.start()), plan.tenantsAt(i));
            if (outcome instanceof ShiftOutcome.Unfit unfit) {
                problems.add(Problem.at("steps[" + i + "]", unfit.problem(), ""));
            }
        }
        if (!problems.isEmpty()) {
            throw new Refusal(Refusal.Kind.UNSOUND, problems.size() + " steps cannot be taken", problems);
        }
        List<String> all = plan.tenantsAt(plan.steps().size() - 1);
        submit(shift, "plan", null, PlanCall.rehearsal(), objects -> {
                    Shift then = present(objects, shift);
                    return with(objects, EnvironmentChange.widened(then, plan.lane(), fresh.start(), all));
                })
                .orElseThrow();
    }

    /** Whether the shift is as the plan's step left it. */
    boolean holds(String shift, Progress progress) {
        Shift now = editor.state().objects().shift(shift);
        Share share = progress.share();
        List<String> tenants = progress.tenants();
        return now != null
                && now.enabled()
                && EnvironmentChange.find(now, progress.plan().lane())
                        .filter(e -> e.share().equals(share))
                        .filter(e -> e.tenants().include().containsAll(tenants))
                        .isPresent();
    }

    private static Shift present(TableObjects now, String name) {
        Shift shift = now.shift(name);
        if (shift == null) {
            throw Refusal.absent("shift " + name);
        }
        return shift;
    }

    private static TableObjects with(TableObjects now, ShiftOutcome outcome) {
        Shift next = outcome.orElseThrow(problem -> new Refusal(Refusal.Kind.UNSOUND, problem));
        return now.with(List.of(new TableChange.PutShift(next)));
    }

    private EditOutcome submit(
            String shift, String action, @Nullable PlanRow row, PlanCall call, UnaryOperator<TableObjects> edit) {
        Author author = call.author();
        EditCall wanted = new EditCall(
                author,
                "",
                action,
                "shift " + shift,
                ObjectKeys.shift(shift),
                null,
                call.dryRun(),
                call.once(),
                edit,
                List.of(),
                row);
        return editor.submit(wanted).handle(EditOutcome::of).join();
    }
}
