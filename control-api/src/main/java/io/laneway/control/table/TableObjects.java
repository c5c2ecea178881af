package io.laneway.control.table;

import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.text.Slug;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a lane table by their names, in the order they were first put. Immutable; a change copies only the
 * maps that it touches.
 *
 * @param lanes      by slug
 * @param shifts     by slug
 * @param recordings by slug
 */
public record TableObjects(
        String base,
        Carriers carriers,
        Map<String, Lane> lanes,
        Map<ServiceId, Service> services,
        List<Route> routes,
        Map<String, Shift> shifts,
        Map<String, Recording> recordings) {

    /** No objects, with the default base and carriers. */
    public static final TableObjects EMPTY = of(LaneTable.EMPTY);

    public TableObjects {
        lanes = Collections.unmodifiableMap(lanes);
        services = Collections.unmodifiableMap(services);
        routes = List.copyOf(routes);
        shifts = Collections.unmodifiableMap(shifts);
        recordings = Collections.unmodifiableMap(recordings);
    }

    /** The objects of a table. */
    public static TableObjects of(LaneTable table) {
        Map<String, Lane> lanes = new LinkedHashMap<>();
        table.lanes().forEach(lane -> lanes.put(Slug.of(lane.name()), lane));
        Map<ServiceId, Service> services = new LinkedHashMap<>();
        table.services().forEach(service -> services.put(service.id(), service));
        Map<String, Shift> shifts = new LinkedHashMap<>();
        table.shifts().forEach(shift -> shifts.put(Slug.of(shift.name()), shift));
        Map<String, Recording> recordings = new LinkedHashMap<>();
        table.recordings().forEach(recording -> recordings.put(Slug.of(recording.name()), recording));
        return new TableObjects(table.base(), table.carriers(), lanes, services, table.routes(), shifts, recordings);
    }

    /** The table of these objects. */
    public LaneTable table(long revision) {
        return new LaneTable(
                revision,
                base,
                carriers,
                List.copyOf(lanes.values()),
                List.copyOf(services.values()),
                routes,
                List.copyOf(shifts.values()),
                List.copyOf(recordings.values()));
    }

    public @Nullable Lane lane(String name) {
        return lanes.get(Slug.of(name));
    }

    public @Nullable Shift shift(String name) {
        return shifts.get(Slug.of(name));
    }

    public @Nullable Recording recording(String name) {
        return recordings.get(Slug.of(name));
    }

    /** These objects, with the recordings of others. */
    public TableObjects recording(TableObjects as) {
        return new TableObjects(base, carriers, lanes, services, routes, shifts, as.recordings);
    }

    public @Nullable Service service(ServiceId id) {
        return services.get(id);
    }

    /** Whether a name is that of the base lane. */
    public boolean isBase(String lane) {
        return Slug.of(base).equals(Slug.of(lane));
    }

    /** Applies many changes, batch by batch. Confined to one thread. */
    public static final class Building {

        private final TableDraft draft;

        private Building(TableObjects from) {
            this.draft = from.draft();
        }

        public void apply(List<? extends TableChange> changes) {
            changes.forEach(draft::apply);
        }

        /** The objects; nothing is applied after this. */
        public TableObjects done() {
            return of(draft);
        }
    }

    /** Where many changes are applied, without a table between them. */
    public Building building() {
        return new Building(this);
    }

    /** These objects after some changes, in order. */
    public TableObjects with(List<? extends TableChange> changes) {
        TableDraft draft = draft();
        changes.forEach(draft::apply);
        return of(draft);
    }

    private TableDraft draft() {
        return new TableDraft(base, carriers, lanes, services, routes, shifts, recordings);
    }

    private static TableObjects of(TableDraft draft) {
        return new TableObjects(
                draft.base(),
                draft.carriers(),
                draft.lanes(),
                draft.services(),
                draft.routes(),
                draft.shifts(),
                draft.recordings());
    }
}
