package io.laneway.control.shift;

import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableObjects;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.SlotShare;
import io.laneway.router.shift.ShiftChange;
import io.laneway.router.table.delta.TableChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps tenants and requests where they are while whole documents are put: slots follow from those owned now, not from 0. */
public final class KeptSlots {

    private KeptSlots() {}

    /** The wanted table, with the slots of each shift that follow from the table as it is. */
    public static TableObjects kept(TableObjects now, TableObjects wanted) {
        List<TableChange> changes = new ArrayList<>();
        for (Shift shift : wanted.shifts().values()) {
            if (!exact(shift)) {
                changes.add(new TableChange.PutShift(kept(now.shift(shift.name()), shift)));
            }
        }
        return wanted.with(changes);
    }

    /** The wanted shift, with slots that follow from the old one. */
    public static Shift kept(@Nullable Shift old, Shift wanted) {
        List<ShiftChange.Wanted> environments = new ArrayList<>();
        for (Environment e : wanted.environments()) {
            environments.add(new ShiftChange.Wanted(
                    e.lane(), e.share(), e.tenants(), e.requests().share()));
        }
        Shift moved = new ShiftChange(environments, wanted.enabled(), wanted.tenant())
                .applyTo(wanted.name(), old)
                .orElseThrow(problem -> new Refusal(Refusal.Kind.UNSOUND, problem));
        // A document names all that there is: what it leaves out is gone, not at 0 %.
        List<Environment> named =
                moved.environments().subList(0, wanted.environments().size());
        return new Shift(moved.name(), moved.enabled(), moved.tenant(), named);
    }

    /** Whether the document says itself which slots each environment owns. */
    private static boolean exact(Shift shift) {
        return shift.environments().stream()
                .allMatch(e -> exact(new SlotShare(e.share(), e.slots())) && exact(e.requests()));
    }

    private static boolean exact(SlotShare portion) {
        return portion.slots() != null && portion.size() == portion.share().slots();
    }
}
