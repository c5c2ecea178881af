package io.laneway.control.shift;

import io.laneway.control.edit.EditCall;
import io.laneway.control.edit.EditCall.Author;
import io.laneway.control.edit.EditResult;
import io.laneway.control.edit.Editor;
import io.laneway.control.store.Rows.PlanRow;
import io.laneway.control.table.Keys;
import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableObjects;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Pins;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.shift.ShiftChange;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.text.Slug;
import io.laneway.router.unit.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a plan changes in its shift: the share and the pins of its environment, and nothing else. */
final class PlanEdits {

    private final Editor editor;

    PlanEdits(Editor editor) {
        this.editor = editor;
    }

    /** Makes the step of a plan hold, and keeps the plan with it. */
    EditResult step(String shift, PlanState state, PlanRow row, PlanCall call) {
        Share share = state.plan().shareAt(state.step(), state.start());
        List<String> tenants = state.plan().tenantsAt(state.step());
        String why =
                "step " + (state.step() + 1) + " of " + state.plan().steps().size() + ": " + share;
        return submit(shift, "plan", row, reasoned(call, why), now -> {
            Shift next = changed(present(now, shift), state.plan().lane(), share, tenants);
            return now.with(List.of(new TableChange.PutShift(next)));
        });
    }

    /** Sends to base what is in the environment, requests without a tenant too, and keeps the plan with it; a shift that is gone has nothing. */
    EditResult end(String shift, PlanState state, PlanRow row, String action, PlanCall call) {
        return submit(shift, action, row, call, now -> {
            Shift old = now.shift(shift);
            return old == null
                    ? now
                    : now.with(List.of(
                            new TableChange.PutShift(emptied(old, state.plan().lane()))));
        });
    }

    /** Changes nothing, and answers as if it had. */
    EditResult same(String shift, PlanCall call) {
        return submit(shift, "plan", null, call, now -> now);
    }

    /** Refuses a plan of which a step could not be taken as the shift stands now. */
    void rehearse(String shift, Plan plan, Share start) {
        Shift now = present(editor.state().objects(), shift);
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < plan.steps().size(); i++) {
            try {
                changed(now, plan.lane(), plan.shareAt(i, start), plan.tenantsAt(i));
            } catch (Refusal e) {
                problems.add(Problem.at("steps[" + i + "]", e.detail(), ""));
            }
        }
        if (!problems.isEmpty()) {
            throw new Refusal(Refusal.Kind.UNSOUND, problems.size() + " steps cannot be taken", problems);
        }
        List<String> all = plan.tenantsAt(plan.steps().size() - 1);
        submit(
                shift,
                "plan",
                null,
                PlanCall.rehearsal(),
                objects -> objects.with(
                        List.of(new TableChange.PutShift(changed(present(objects, shift), plan.lane(), start, all)))));
    }

    /** Keeps a plan that moved without its shift. */
    EditResult keep(String shift, PlanRow row, PlanCall call) {
        return submit(shift, "plan", row, call, now -> now);
    }

    /** Whether the shift stands as the plan's step left it. */
    boolean holds(String shift, PlanState state) {
        Shift now = editor.state().objects().shift(shift);
        Share share = state.plan().shareAt(state.step(), state.start());
        List<String> tenants = state.plan().tenantsAt(state.step());
        return now != null
                && now.enabled()
                && find(now, state.plan().lane())
                        .filter(e -> e.share().equals(share))
                        .filter(e -> e.tenants().include().containsAll(tenants))
                        .isPresent();
    }

    static Optional<Environment> find(Shift shift, String lane) {
        return shift.environments().stream()
                .filter(environment -> Slug.of(environment.lane()).equals(Slug.of(lane)))
                .findFirst();
    }

    private static Shift present(TableObjects now, String name) {
        Shift shift = now.shift(name);
        if (shift == null) {
            throw Refusal.absent("shift " + name);
        }
        return shift;
    }

    private static Shift changed(Shift shift, String lane, Share share, List<String> tenants) {
        List<ShiftChange.Wanted> list = new ArrayList<>();
        for (Environment e : shift.environments()) {
            if (Slug.of(e.lane()).equals(Slug.of(lane))) {
                List<String> include = new ArrayList<>(e.tenants().include());
                tenants.stream().filter(tenant -> !include.contains(tenant)).forEach(include::add);
                list.add(new ShiftChange.Wanted(
                        e.lane(), share, new Pins(include, e.tenants().exclude())));
            } else {
                list.add(new ShiftChange.Wanted(e.lane(), e.share(), null));
            }
        }
        return applied(list, shift);
    }

    private static Shift emptied(Shift shift, String lane) {
        List<ShiftChange.Wanted> list = new ArrayList<>();
        for (Environment e : shift.environments()) {
            boolean ours = Slug.of(e.lane()).equals(Slug.of(lane));
            list.add(
                    ours
                            ? new ShiftChange.Wanted(
                                    e.lane(),
                                    Share.NONE,
                                    new Pins(List.of(), e.tenants().exclude()),
                                    Share.NONE)
                            : new ShiftChange.Wanted(e.lane(), e.share(), null));
        }
        return applied(list, shift);
    }

    private static Shift applied(List<ShiftChange.Wanted> list, Shift shift) {
        try {
            return ShiftChange.of(list).applyTo(shift.name(), shift);
        } catch (IllegalArgumentException e) {
            throw new Refusal(Refusal.Kind.UNSOUND, String.valueOf(e.getMessage()));
        }
    }

    private static PlanCall reasoned(PlanCall call, String why) {
        Author author = call.author();
        String both = author.why().isEmpty() ? why : author.why() + "; " + why;
        return new PlanCall(
                new Author(author.who(), author.origin(), both), call.ifMatch(), call.dryRun(), call.once());
    }

    private EditResult submit(
            String shift, String action, @Nullable PlanRow row, PlanCall call, UnaryOperator<TableObjects> edit) {
        EditCall wanted = new EditCall(
                call.author(),
                "",
                action,
                "shift " + shift,
                Keys.shift(shift),
                null,
                call.dryRun(),
                call.once(),
                edit,
                List.of(),
                row);
        try {
            return editor.submit(wanted).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
