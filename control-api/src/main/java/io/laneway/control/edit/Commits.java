package io.laneway.control.edit;

import io.laneway.control.store.Rows.Commit;
import io.laneway.control.store.Rows.HistoryRow;
import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.store.Rows.ObjectRow;
import io.laneway.control.store.Rows.PublishedRow;
import io.laneway.control.table.Bodies;
import io.laneway.control.table.ObjectKeys;
import io.laneway.control.table.OverlayMerge;
import io.laneway.control.table.OverlayParts;
import io.laneway.control.table.TableDiff;
import io.laneway.control.table.TableObjects;
import io.laneway.control.table.TableState;
import io.laneway.router.source.DeploymentSource.Overlay;
import io.laneway.router.table.delta.TableChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Works out what a change writes: the state after it, and the rows that make it durable. */
final class Commits {

    /** The history has the whole table once in so many revisions. */
    static final long SNAPSHOT_EVERY = 256;

    /** Objects put by one edit keep their order: the place of one is {@code revision * ROOM + index}. */
    private static final long ROOM = 1_000_000;

    private Commits() {}

    /** A state and the rows that lead to it. */
    record Step(TableState after, Commit commit) {}

    static Step edit(TableState before, TableObjects wanted, List<TableChange> changes, EditCall call, long now) {
        long revision = before.revision() + 1;
        ObjectMarks marking = new ObjectMarks(before);
        List<ObjectRow> put = new ArrayList<>();
        List<ObjectKey> removed = new ArrayList<>();
        for (ObjectKey key : ObjectKeys.touched(changes)) {
            String body = Bodies.object(wanted, key);
            marking.mark(key, body, revision, call.owner());
            if (body == null) {
                removed.add(key);
            } else {
                put.add(new ObjectRow(key, revision * ROOM + put.size(), revision, call.owner(), body));
            }
        }
        TableState after = new TableState(
                revision,
                revision,
                wanted,
                marking.marks(),
                marking.chars(),
                before.overlays(),
                OverlayMerge.merge(wanted, before.overlays(), before));
        boolean due = revision / SNAPSHOT_EVERY > before.edited() / SNAPSHOT_EVERY;
        Commit commit = new Commit(
                before.revision(),
                edited(before, after, changes),
                history(before, after, changes, call, now),
                put,
                removed,
                due ? Bodies.table(after.table()) : null,
                List.of(),
                KeptResponses.of(call, changes, before, after, now),
                call.uses(),
                call.plan());
        return new Step(after, commit);
    }

    private static HistoryRow history(
            TableState before, TableState after, List<TableChange> changes, EditCall call, long now) {
        return new HistoryRow(
                after.revision(),
                now,
                call.author().who(),
                call.author().origin(),
                call.author().why(),
                call.action(),
                call.subject(),
                call.owner(),
                Bodies.changes(changes),
                Bodies.changes(TableDiff.between(after.objects(), before.objects())));
    }

    static Step overlay(TableState before, String source, Overlay found) {
        long revision = before.revision() + 1;
        Map<String, Overlay> overlays = new TreeMap<>(before.overlays());
        overlays.put(source, found);
        TableState after = new TableState(
                revision,
                before.edited(),
                before.objects(),
                before.marks(),
                before.chars(),
                overlays,
                OverlayMerge.merge(before.objects(), overlays, before));
        Commit commit = new Commit(
                before.revision(),
                published(before, after, "overlay"),
                null,
                List.of(),
                List.of(),
                null,
                OverlayParts.between(before.overlays().getOrDefault(source, Overlay.EMPTY), found, source, revision),
                null,
                List.of(),
                null);
        return new Step(after, commit);
    }

    /** Where nothing was found beside what was edited, what was edited is what is published. */
    @SuppressWarnings("ReferenceEquality") // equal tables that are two instances are compared object by object
    private static PublishedRow edited(TableState before, TableState after, List<TableChange> changes) {
        return before.published() == before.objects() && after.published() == after.objects()
                ? new PublishedRow(after.revision(), "edit", Bodies.changes(changes))
                : published(before, after, "edit");
    }

    private static PublishedRow published(TableState before, TableState after, String kind) {
        List<TableChange> changes = TableDiff.between(before.published(), after.published());
        return new PublishedRow(after.revision(), kind, Bodies.changes(changes));
    }
}
