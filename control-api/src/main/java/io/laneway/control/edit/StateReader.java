package io.laneway.control.edit;

import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Rows.Loaded;
import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.store.Rows.ObjectRow;
import io.laneway.control.store.Rows.PublishedRow;
import io.laneway.control.table.Bodies;
import io.laneway.control.table.OverlayMerge;
import io.laneway.control.table.OverlayParts;
import io.laneway.control.table.TableObjects;
import io.laneway.control.table.TableState;
import io.laneway.control.table.TableState.Mark;
import io.laneway.router.source.DeploymentSource.Overlay;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the state of the table from the store, whole or by what was written since. Confined to the writer thread. */
final class StateReader {

    /** So many missed revisions are followed at once. */
    private static final int FOLLOW = 500;

    /** More than so many are not followed one by one. */
    private static final int MAX_FOLLOW = 2_000;

    private final ControlStore store;

    StateReader(ControlStore store) {
        this.store = store;
    }

    /** The state as the store has it. */
    TableState load() {
        Loaded loaded = store.load();
        TableObjects objects = Bodies.objects(loaded.objects());
        Map<ObjectKey, Mark> marks = new HashMap<>();
        for (ObjectRow row : loaded.objects()) {
            marks.put(
                    row.key(), new Mark(row.revision(), row.owner(), row.body().length()));
        }
        Map<String, Overlay> overlays = OverlayParts.with(Map.of(), loaded.overlays());
        return new TableState(
                loaded.revision(),
                loaded.edited(),
                objects,
                marks,
                TableState.chars(marks),
                overlays,
                OverlayMerge.merge(objects, overlays, null));
    }

    /** The next rows that others wrote after a state, in order, without a gap; empty optional if they cannot be followed. */
    Optional<List<PublishedRow>> missed(TableState state) {
        long newest = store.revision();
        if (newest == state.revision()) {
            return Optional.of(List.of());
        }
        if (newest < state.revision() || newest - state.revision() > MAX_FOLLOW) {
            return Optional.empty();
        }
        List<PublishedRow> rows = store.publishedAfter(state.revision(), FOLLOW);
        boolean followable = !rows.isEmpty() && rows.get(0).revision() == state.revision() + 1;
        return followable ? Optional.of(rows) : Optional.empty();
    }

    /** The state after rows that others wrote. */
    TableState follow(TableState state, List<PublishedRow> rows) {
        long last = rows.get(rows.size() - 1).revision();
        ObjectMarks marking = new ObjectMarks(state);
        store.history().between(state.revision(), last, marking::add);
        TableObjects objects = marking.objects();
        Map<String, Overlay> overlays = OverlayParts.with(state.overlays(), store.overlaysAfter(state.revision()));
        return new TableState(
                last,
                marking.edited(),
                objects,
                marking.marks(),
                marking.chars(),
                overlays,
                OverlayMerge.merge(objects, overlays, state));
    }
}
