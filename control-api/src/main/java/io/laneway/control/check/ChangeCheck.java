package io.laneway.control.check;

import io.laneway.control.table.TableObjects;
import io.laneway.router.check.TableCheck;
import io.laneway.router.check.TableNames;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.table.delta.TableChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks a table that differs from a sound one by some changes. Only what the changes touch is checked, and what may
 * refer to an object that they remove; so a change of one object costs about as much in a large table as in a small one.
 * Where that finds a problem the whole table is checked, so that every problem is reported with its place. Stateless.
 */
public final class ChangeCheck {

    private ChangeCheck() {}

    /** Everything that is wrong with the changed table; empty if it may be used. */
    public static List<Problem> check(TableObjects changed, List<TableChange> changes, long revision) {
        TouchedObjects touched = TouchedObjects.by(changes);
        return !touched.base() && sound(changed, touched) ? List.of() : TableCheck.check(changed.table(revision));
    }

    private static boolean sound(TableObjects changed, TouchedObjects touched) {
        LaneTable part = touched.part(changed);
        return TableCheck.check(part, new Known(changed)).isEmpty()
                && !RemainingReferences.toLanes(changed, touched.removedLanes(changed))
                && !RemainingReferences.toShifts(changed, touched.removedShifts(changed))
                && !RemainingReferences.sharedHosts(changed, touched.services());
    }

    /** The names of a table's objects, where they are kept by name already. */
    private record Known(TableObjects objects) implements TableNames {

        @Override
        public @Nullable Lane lane(String slug) {
            return objects.lanes().get(slug);
        }

        @Override
        public boolean hasService(ServiceId id) {
            return objects.service(id) != null;
        }

        @Override
        public boolean hasShift(String name) {
            var shift = objects.shift(name);
            return shift != null && shift.name().equals(name);
        }
    }
}
