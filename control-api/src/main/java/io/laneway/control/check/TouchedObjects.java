package io.laneway.control.check;

import io.laneway.control.table.TableObjects;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.text.Slug;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The names of the objects that changes touch. Confined to one thread. */
final class TouchedObjects {

    private final Set<String> lanes = new LinkedHashSet<>();
    private final Set<ServiceId> services = new LinkedHashSet<>();
    private final Set<String> shifts = new LinkedHashSet<>();
    private final Set<String> removedShifts = new HashSet<>();
    private boolean routes;
    private boolean recordings;
    private boolean base;

    private TouchedObjects() {}

    static TouchedObjects by(List<TableChange> changes) {
        TouchedObjects touched = new TouchedObjects();
        changes.forEach(touched::add);
        return touched;
    }

    private void add(TableChange change) {
        if (change instanceof TableChange.PutLane put) {
            lanes.add(Slug.of(put.lane().name()));
        } else if (change instanceof TableChange.RemoveLane remove) {
            lanes.add(Slug.of(remove.name()));
        } else if (change instanceof TableChange.PutShift put) {
            shifts.add(Slug.of(put.shift().name()));
        } else if (change instanceof TableChange.RemoveShift remove) {
            removedShifts.add(remove.name());
        } else if (change instanceof TableChange.SetRoutes) {
            routes = true;
        } else if (change instanceof TableChange.SetBase) {
            base = true;
        } else if (change instanceof TableChange.PutRecording) {
            recordings = true;
        } else {
            addService(change);
        }
    }

    private void addService(TableChange change) {
        if (change instanceof TableChange.PutService put) {
            services.add(put.service().id());
        } else if (change instanceof TableChange.RemoveService remove) {
            services.add(remove.id());
            // Routes name services.
            routes = true;
        } else if (change instanceof TableChange.PutDeployment put) {
            services.add(put.service());
        } else if (change instanceof TableChange.RemoveDeployment remove) {
            services.add(remove.service());
        }
    }

    /** Whether the base lane is another one, which every object may depend on. */
    boolean base() {
        return base;
    }

    /** The touched services, those that were removed too. */
    Set<ServiceId> services() {
        return services;
    }

    /** The touched objects as they are after the changes, in a table of their own. */
    LaneTable part(TableObjects changed) {
        return new LaneTable(
                0,
                changed.base(),
                changed.carriers(),
                found(lanes, changed.lanes()),
                found(services, changed.services()),
                routes ? changed.routes() : List.of(),
                found(shifts, changed.shifts()),
                // all of them: how many run at once is a matter of all
                recordings ? List.copyOf(changed.recordings().values()) : List.of());
    }

    private static <K, V> List<V> found(Collection<K> keys, Map<K, V> objects) {
        return keys.stream().map(objects::get).filter(Objects::nonNull).toList();
    }

    /** Slugs of lanes that are gone. */
    Set<String> removedLanes(TableObjects changed) {
        Set<String> removed = new HashSet<>(lanes);
        removed.removeIf(slug -> changed.lanes().containsKey(slug) || changed.isBase(slug));
        return removed;
    }

    /** Names of shifts that are gone, or are written in another way now. */
    Set<String> removedShifts(TableObjects changed) {
        Set<String> removed = new HashSet<>(removedShifts);
        removed.removeIf(name -> {
            var shift = changed.shift(name);
            return shift != null && shift.name().equals(name);
        });
        return removed;
    }
}
