package io.laneway.control.table;

import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.DeploymentSource.Overlay;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table at one revision: as edited, as found, and as published. Immutable.
 *
 * @param revision  the newest revision, steps of discovery included
 * @param edited    the newest revision that was an edit
 * @param objects   the table as edited
 * @param marks     when and for whom each object was last changed
 * @param overlays  what was found, by source
 * @param published the edited table with what was found
 */
public record TableState(
        long revision,
        long edited,
        TableObjects objects,
        Map<ObjectKey, Mark> marks,
        Map<String, Overlay> overlays,
        TableObjects published) {

    /** The edit that last changed an object, and who owns it; empty for the REST door. Immutable. */
    public record Mark(long revision, String owner) {}

    public TableState {
        marks = Collections.unmodifiableMap(marks);
        overlays = Collections.unmodifiableMap(overlays);
    }

    /** The table as edited. */
    public LaneTable table() {
        return objects.table(edited);
    }

    /** The table as the watch sends it. */
    public LaneTable publishedTable() {
        return published.table(revision);
    }

    /** The ETag of an object, null if there is none. */
    public @Nullable String tag(ObjectKey key) {
        Mark mark = marks.get(key);
        return mark == null ? null : "\"" + mark.revision() + "\"";
    }

    /** The ETag of the whole edited table. */
    public String tag() {
        return "\"" + edited + "\"";
    }
}
