package io.laneway.control.edit;

import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Rows.HistoryRow;
import io.laneway.control.store.Rows.Loaded;
import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.store.Rows.ObjectRow;
import io.laneway.control.store.Rows.PublishedRow;
import io.laneway.control.table.Bodies;
import io.laneway.control.table.Keys;
import io.laneway.control.table.TableObjects;
import io.laneway.control.table.TableState;
import io.laneway.control.table.TableState.Mark;
import io.laneway.router.model.ServiceId;
import io.laneway.router.source.DeploymentSource.Overlay;
import io.laneway.router.table.TableDelta.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads the state of the table from the store, whole or by what was written since. Confined to the writer thread. */
final class StateReader {

    /** More than so many missed revisions are not followed one by one. */
    private static final int FOLLOW = 2_000;

    private final ControlStore store;

    StateReader(ControlStore store) {
        this.store = store;
    }

    /** The state as it stands in the store. */
    TableState load() {
        Loaded loaded = store.load();
        TableObjects objects = Bodies.objects(loaded.objects());
        Map<ObjectKey, Mark> marks = new HashMap<>();
        for (ObjectRow row : loaded.objects()) {
            marks.put(row.key(), new Mark(row.revision(), row.owner()));
        }
        Map<String, Overlay> overlays = new TreeMap<>();
        loaded.overlays().forEach(row -> overlays.put(row.source(), Bodies.readOverlay(row.body())));
        return new TableState(
                loaded.revision(),
                loaded.edited(),
                objects,
                marks,
                overlays,
                Overlays.merge(objects, overlays.values()));
    }

    /** The rows that others wrote after a state, in order, without a gap; empty optional if they cannot be followed. */
    Optional<List<PublishedRow>> missed(TableState state) {
        long newest = store.revision();
        if (newest == state.revision()) {
            return Optional.of(List.of());
        }
        List<PublishedRow> rows = store.publishedAfter(state.revision(), FOLLOW + 1);
        boolean followable =
                !rows.isEmpty() && rows.size() <= FOLLOW && rows.get(0).revision() == state.revision() + 1;
        return followable ? Optional.of(rows) : Optional.empty();
    }

    /** The state after rows that others wrote. */
    TableState follow(TableState state, List<PublishedRow> rows) {
        long last = rows.get(rows.size() - 1).revision();
        TableObjects objects = state.objects();
        Map<ObjectKey, Mark> marks = new HashMap<>(state.marks());
        long edited = state.edited();
        for (HistoryRow row : store.history().between(state.revision(), last)) {
            List<Change> changes = Bodies.readChanges(row.changes());
            objects = objects.with(changes);
            mark(marks, objects, Keys.touched(changes), new Mark(row.revision(), row.owner()));
            edited = row.revision();
        }
        Map<String, Overlay> overlays = new TreeMap<>(state.overlays());
        store.overlaysAfter(state.revision())
                .forEach(row -> overlays.put(row.source(), Bodies.readOverlay(row.body())));
        return new TableState(last, edited, objects, marks, overlays, Overlays.merge(objects, overlays.values()));
    }

    /** Marks the touched objects that exist, and forgets those that do not. */
    static void mark(Map<ObjectKey, Mark> marks, TableObjects objects, Set<ObjectKey> touched, Mark mark) {
        for (ObjectKey key : touched) {
            if (exists(objects, key)) {
                marks.put(key, mark);
            } else {
                marks.remove(key);
            }
        }
    }

    static boolean exists(TableObjects objects, ObjectKey key) {
        return switch (key.kind()) {
            case "lane" -> objects.lanes().containsKey(key.name());
            case "shift" -> objects.shifts().containsKey(key.name());
            case "service" -> objects.services().containsKey(ServiceId.parse(key.name()));
            default -> true;
        };
    }
}
