package io.laneway.router.table;

import io.laneway.router.model.Deployment;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.Service;
import io.laneway.router.model.Shift;
import io.laneway.router.table.TableDelta.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Finds what changed between two lane tables, down to single deployments. The order of lanes, services and shifts says
 * nothing and is left out; that of routes does. Stateless.
 */
final class TableDiff {

    private TableDiff() {}

    static List<Change> of(LaneTable from, LaneTable to) {
        List<Change> changes = new ArrayList<>();
        List<Change> removals = new ArrayList<>();
        if (!from.base().equals(to.base())) {
            changes.add(new TableDelta.SetBase(to.base()));
        }
        if (!from.carriers().equals(to.carriers())) {
            changes.add(new TableDelta.SetCarriers(to.carriers()));
        }
        diff(
                from.lanes(),
                to.lanes(),
                Lane::name,
                changes,
                TableDelta.PutLane::new,
                name -> removals.add(new TableDelta.RemoveLane(name)));
        services(from.services(), to.services(), changes, removals);
        if (!from.routes().equals(to.routes())) {
            changes.add(new TableDelta.SetRoutes(to.routes()));
        }
        diff(
                from.shifts(),
                to.shifts(),
                Shift::name,
                changes,
                TableDelta.PutShift::new,
                name -> removals.add(new TableDelta.RemoveShift(name)));
        changes.addAll(removals);
        return changes;
    }

    private static void services(List<Service> from, List<Service> to, List<Change> changes, List<Change> removals) {
        if (from.equals(to)) {
            return;
        }
        Map<Object, Service> before = new HashMap<>(from.size() * 2);
        from.forEach(service -> before.put(service.id(), service));
        for (Service service : to) {
            Service old = before.remove(service.id());
            if (old == null || !sameFrame(old, service)) {
                changes.add(new TableDelta.PutService(service));
            } else {
                diff(
                        old.deployments(),
                        service.deployments(),
                        Deployment::lane,
                        changes,
                        deployment -> new TableDelta.PutDeployment(service.id(), deployment),
                        lane -> removals.add(new TableDelta.RemoveDeployment(service.id(), lane)));
            }
        }
        before.values().forEach(gone -> removals.add(new TableDelta.RemoveService(gone.id())));
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
            List<Change> changes,
            Function<T, Change> put,
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
