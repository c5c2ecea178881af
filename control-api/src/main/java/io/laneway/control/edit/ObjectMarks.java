package io.laneway.control.edit;

import io.laneway.control.store.Rows.HistoryRow;
import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.table.Bodies;
import io.laneway.control.table.ObjectKeys;
import io.laneway.control.table.TableObjects;
import io.laneway.control.table.TableState;
import io.laneway.control.table.TableState.Mark;
import io.laneway.router.table.delta.TableChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The objects of a table and their marks while edits are added. Confined to one thread. */
final class ObjectMarks {

    private final Map<ObjectKey, Mark> marks;
    private TableObjects objects;
    private long edited;
    private long chars;

    ObjectMarks(TableState from) {
        marks = new HashMap<>(from.marks());
        objects = from.objects();
        edited = from.edited();
        chars = from.chars();
    }

    /** Adds an edit of the history. */
    void add(HistoryRow row) {
        List<TableChange> changes = Bodies.readChanges(row.changes());
        objects = objects.with(changes);
        edited = row.revision();
        for (ObjectKey key : ObjectKeys.touched(changes)) {
            mark(key, Bodies.object(objects, key), row.revision(), row.owner());
        }
    }

    /** Marks an object with its body, or forgets it where there is none. */
    void mark(ObjectKey key, @Nullable String body, long revision, String owner) {
        Mark mark = body == null ? null : new Mark(revision, owner, body.length());
        Mark old = mark == null ? marks.remove(key) : marks.put(key, mark);
        chars += (mark == null ? 0 : mark.chars()) - (old == null ? 0 : old.chars());
    }

    TableObjects objects() {
        return objects;
    }

    Map<ObjectKey, Mark> marks() {
        return marks;
    }

    long edited() {
        return edited;
    }

    long chars() {
        return chars;
    }
}
