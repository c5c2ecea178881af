package io.laneway.control.table;

import io.laneway.router.model.Lane;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.text.Slug;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The smallest list of changes that leads from one table to another: first what others refer to is put, last it is
 * removed. The order of lanes, services and shifts says nothing; that of routes does.
 */
public final class TableDiff {

    private TableDiff() {}

    /** What leads from one to the other; empty if they say the same. Objects that are the same instance cost nothing. */
    public static List<TableChange> between(TableObjects from, TableObjects to) {
        List<TableChange> changes = new ArrayList<>();
        puts(from.lanes(), to.lanes(), Lane::name, TableChange.RemoveLane::new, TableChange.PutLane::new, changes);
        if (!from.base().equals(to.base())) {
            changes.add(new TableChange.SetBase(to.base()));
        }
        if (!from.carriers().equals(to.carriers())) {
            changes.add(new TableChange.SetCarriers(to.carriers()));
        }
        services(from, to, changes);
        puts(from.shifts(), to.shifts(), Shift::name, TableChange.RemoveShift::new, TableChange.PutShift::new, changes);
        if (!from.routes().equals(to.routes())) {
            changes.add(new TableChange.SetRoutes(to.routes()));
        }
        puts(
                from.recordings(),
                to.recordings(),
                Recording::name,
                TableChange.RemoveRecording::new,
                TableChange.PutRecording::new,
                changes);
        removals(from.recordings(), to.recordings(), r -> new TableChange.RemoveRecording(r.name()), changes);
        removals(from.services(), to.services(), s -> new TableChange.RemoveService(s.id()), changes);
        removals(from.shifts(), to.shifts(), s -> new TableChange.RemoveShift(s.name()), changes);
        removals(from.lanes(), to.lanes(), l -> new TableChange.RemoveLane(l.name()), changes);
        return changes;
    }

    private static <K, V> void puts(
            Map<K, V> from,
            Map<K, V> to,
            Function<V, String> name,
            Function<String, TableChange> remove,
            Function<V, TableChange> put,
            List<TableChange> changes) {
        if (from == to) {
            return;
        }
        to.forEach((key, value) -> {
            V old = from.get(key);
            if (differs(old, value)) {
                // Readers of the delta know objects by their names as written, not by slug.
                if (old != null && !name.apply(old).equals(name.apply(value))) {
                    changes.add(remove.apply(name.apply(old)));
                }
                changes.add(put.apply(value));
            }
        });
    }

    private static <K, V> void removals(
            Map<K, V> from, Map<K, V> to, Function<V, TableChange> remove, List<TableChange> changes) {
        if (from == to) {
            return;
        }
        from.forEach((key, value) -> {
            if (!to.containsKey(key)) {
                changes.add(remove.apply(value));
            }
        });
    }

    private static void services(TableObjects from, TableObjects to, List<TableChange> changes) {
        if (from.services() == to.services()) {
            return;
        }
        to.services().forEach((id, service) -> {
            Service old = from.services().get(id);
            if (old == null) {
                changes.add(new TableChange.PutService(service));
            } else if (differs(old, service)) {
                service(old, service, changes);
            }
        });
    }

    private static void service(Service old, Service service, List<TableChange> changes) {
        if (!old.hosts().equals(service.hosts())
                || !Objects.equals(old.shift(), service.shift())
                || !old.policy().equals(service.policy())) {
            changes.add(new TableChange.PutService(service));
            return;
        }
        Map<String, Deployment> before = byLane(old);
        Map<String, Deployment> after = byLane(service);
        after.forEach((lane, deployment) -> {
            Deployment was = before.get(lane);
            if (differs(was, deployment)) {
                if (was != null && !was.lane().equals(deployment.lane())) {
                    changes.add(new TableChange.RemoveDeployment(service.id(), was.lane()));
                }
                changes.add(new TableChange.PutDeployment(service.id(), deployment));
            }
        });
        before.forEach((lane, deployment) -> {
            if (!after.containsKey(lane)) {
                changes.add(new TableChange.RemoveDeployment(service.id(), deployment.lane()));
            }
        });
    }

    private static Map<String, Deployment> byLane(Service service) {
        Map<String, Deployment> byLane = new LinkedHashMap<>();
        service.deployments().forEach(d -> byLane.put(Slug.of(d.lane()), d));
        return byLane;
    }

    @SuppressWarnings("ReferenceEquality") // the same instance needs no comparison of thousands of endpoints
    private static boolean differs(@Nullable Object old, Object now) {
        return old != now && !now.equals(old);
    }
}
