package io.laneway.control.table;

import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.source.DeploymentSource.Overlay;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table at one revision: as edited, as found, and as published. Immutable.
 *
 * @param revision  the newest revision, steps of discovery included
 * @param edited    the newest revision that was an edit
 * @param objects   the table as edited
 * @param marks     when and for whom each object was last changed
 * @param chars     the length of all edited objects as JSON
 * @param overlays  what was found, by source
 * @param published the edited table with what was found
 */
public record TableState(
        long revision,
        long edited,
        TableObjects objects,
        Map<ObjectKey, Mark> marks,
        long chars,
        Map<String, Overlay> overlays,
        TableObjects published) {

    /**
     * The edit that last changed an object. Immutable.
     *
     * @param owner who owns it; empty for REST
     * @param chars its length as JSON
     */
    public record Mark(long revision, String owner, int chars) {}

    public TableState {
        marks = Collections.unmodifiableMap(marks);
        overlays = Collections.unmodifiableMap(overlays);
    }

    /** The length of objects as JSON. */
    public static long chars(Map<ObjectKey, Mark> marks) {
        return marks.values().stream().mapToLong(Mark::chars).sum();
    }

    /** The table as edited. */
    public LaneTable table() {
        return objects.table(edited);
    }

    /** The table as the watch sends it. */
    public LaneTable publishedTable() {
        return published.table(revision);
    }

    /**
     * The service as published: by its identity, or by a bare name that one service alone has; so one that was found
     * with a namespace is also found by the name under which it was put. Null if there is none.
     */
    public @Nullable Service publishedService(ServiceId id) {
        Service exact = published.service(id);
        if (exact != null || id.namespace() != null) {
            return exact;
        }
        List<Service> named = published.services().values().stream()
                .filter(service -> service.id().name().equals(id.name()))
                .toList();
        return named.size() == 1 ? named.get(0) : null;
    }

    /** The name under which a service was put, for the one that it is published with. */
    public ServiceId editedName(ServiceId id) {
        ServiceId bare = ServiceId.of(id.name());
        boolean joined =
                objects.service(id) == null && objects.service(bare) != null && published.service(bare) == null;
        return joined ? bare : id;
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
