package io.laneway.router.table.delta;

import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.shift.Shift;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Finds what changed between two lane tables, down to single deployments. The order of lanes, services, shifts and
 * recordings says nothing and is left out; that of routes does. Stateless.
 */
final class TableDiff {

    private TableDiff() {}

    static List<TableChange> of(LaneTable from, LaneTable to) {
        List<TableChange> changes = new ArrayList<>();
        List<TableChange> removals = new ArrayList<>();
        if (!from.base().equals(to.base())) {
            changes.add(new TableChange.SetBase(to.base()));
        }
        if (!from.carriers().equals(to.carriers())) {
            changes.add(new TableChange.SetCarriers(to.carriers()));
        }
        diff(
                from.lanes(),
                to.lanes(),
                Lane::name,
                changes,
                TableChange.PutLane::new,
                name -> removals.add(new TableChange.RemoveLane(name)));
        services(from.services(), to.services(), changes, removals);
        if (!from.routes().equals(to.routes())) {
            changes.add(new TableChange.SetRoutes(to.routes()));
        }
        diff(
                from.shifts(),
                to.shifts(),
                Shift::name,
                changes,
                TableChange.PutShift::new,
                name -> removals.add(new TableChange.RemoveShift(name)));
        diff(
                from.recordings(),
                to.recordings(),
                Recording::name,
                changes,
                TableChange.PutRecording::new,
                name -> removals.add(new TableChange.RemoveRecording(name)));
        changes.addAll(removals);
        return changes;
    }

    private static void services(
            List<Service> from, List<Service> to, List<TableChange> changes, List<TableChange> removals) {
        if (from.equals(to)) {
            return;
        }
        Map<Object, Service> before = new HashMap<>(from.size() * 2);
        from.forEach(service -> before.put(service.id(), service));
        for (Service service : to) {
            Service old = before.remove(service.id());
            if (old == null || !sameFrame(old, service)) {
                changes.add(new TableChange.PutService(service));
            } else {
                diff(
                        old.deployments(),
                        service.deployments(),
                        Deployment::lane,
                        changes,
                        deployment -> new TableChange.PutDeployment(service.id(), deployment),
                        lane -> removals.add(new TableChange.RemoveDeployment(service.id(), lane)));
            }
        }
        before.values().forEach(gone -> removals.add(new TableChange.RemoveService(gone.id())));
    }

    private static boolean sameFrame(Service old, Service next) {
        return old.hosts().equals(next.hosts())
                && java.util.Objects.equals(old.shift(), next.shift())
                && old.policy().equals(next.policy());
    }

    private static <T> void diff(
            List<T> from,
            List<T> to,
            Function<T, String> name,
            List<TableChange> changes,
            Function<T, TableChange> put,
            Consumer<String> remove) {
        if (from.equals(to)) {
            return;
        }
        Map<String, T> before = new HashMap<>(from.size() * 2);
        from.forEach(item -> before.put(name.apply(item), item));
        Set<String> present = new HashSet<>(to.size() * 2);
        for (T item : to) {
            T old = before.get(name.apply(item));
            if (old == null || !old.equals(item)) {
                changes.add(put.apply(item));
            }
            present.add(name.apply(item));
        }
        for (T item : from) {
            if (!present.contains(name.apply(item))) {
                remove.accept(name.apply(item));
            }
        }
    }
}
