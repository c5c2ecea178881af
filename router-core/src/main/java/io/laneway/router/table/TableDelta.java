package io.laneway.router.table;

import io.laneway.router.model.Carriers;
import io.laneway.router.model.Deployment;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.Route;
import io.laneway.router.model.Service;
import io.laneway.router.model.ServiceId;
import io.laneway.router.model.Shift;
import java.util.List;

/**
 * What leads from one revision of a lane table to a later one. Immutable. Applying it costs what it changes.
 *
 * @param from     the revision it applies to
 * @param revision the revision it leads to, above {@code from}
 */
public record TableDelta(long from, long revision, List<Change> changes) {

    public TableDelta {
        if (revision <= from) {
            throw new IllegalArgumentException("revision: " + revision + " (expected: above " + from + ")");
        }
        changes = List.copyOf(changes);
    }

    /** The changes that lead from one table to another; empty if they say the same at whatever revision. */
    public static List<Change> changes(LaneTable from, LaneTable to) {
        return TableDiff.of(from, to);
    }

    /** What leads from one table to another of a later revision. */
    public static TableDelta between(LaneTable from, LaneTable to) {
        return new TableDelta(from.revision(), to.revision(), changes(from, to));
    }

    /**
     * The table that this leads to. Lists that no change touches stay the same objects.
     *
     * @throws IllegalArgumentException if it does not start from the table's revision, or puts a deployment of a service
     *                                  that is not there
     */
    public LaneTable applyTo(LaneTable table) {
        if (table.revision() != from) {
            throw new IllegalArgumentException("from: " + from + " (expected: " + table.revision() + ")");
        }
        return edit(table, changes).atRevision(revision);
    }

    /** The table with changes made to it, at the same revision. */
    public static LaneTable edit(LaneTable table, List<Change> changes) {
        TableEdit edit = new TableEdit(table);
        for (Change change : changes) {
            change.apply(edit);
        }
        return edit.table();
    }

    /** One change. Putting replaces what has the same name or identity; removing what is not there is nothing. */
    public sealed interface Change {
        /** Makes the change. */
        void apply(TableEdit edit);
    }

    /** Puts a lane. */
    public record PutLane(Lane lane) implements Change {
        @Override
        public void apply(TableEdit edit) {
            edit.lanes().put(lane.name(), lane);
        }
    }

    /** Removes a lane. */
    public record RemoveLane(String name) implements Change {
        @Override
        public void apply(TableEdit edit) {
            edit.lanes().remove(name);
        }
    }

    /** Puts a service with all its deployments. */
    public record PutService(Service service) implements Change {
        @Override
        public void apply(TableEdit edit) {
            edit.services().put(service.id(), service);
        }
    }

    /** Removes a service. */
    public record RemoveService(ServiceId id) implements Change {
        @Override
        public void apply(TableEdit edit) {
            edit.services().remove(id);
        }
    }

    /** Puts one deployment of a service that exists. */
    public record PutDeployment(ServiceId service, Deployment deployment) implements Change {
        @Override
        public void apply(TableEdit edit) {
            edit.putDeployment(service, deployment);
        }
    }

    /** Removes one deployment. */
    public record RemoveDeployment(ServiceId service, String lane) implements Change {
        @Override
        public void apply(TableEdit edit) {
            edit.removeDeployment(service, lane);
        }
    }

    /** Puts a shift. */
    public record PutShift(Shift shift) implements Change {
        @Override
        public void apply(TableEdit edit) {
            edit.shifts().put(shift.name(), shift);
        }
    }

    /** Removes a shift. */
    public record RemoveShift(String name) implements Change {
        @Override
        public void apply(TableEdit edit) {
            edit.shifts().remove(name);
        }
    }

    /** Sets all routes. */
    public record SetRoutes(List<Route> routes) implements Change {
        public SetRoutes {
            routes = List.copyOf(routes);
        }

        @Override
        public void apply(TableEdit edit) {
            edit.setRoutes(routes);
        }
    }

    /** Sets the carriers. */
    public record SetCarriers(Carriers carriers) implements Change {
        @Override
        public void apply(TableEdit edit) {
            edit.setCarriers(carriers);
        }
    }

    /** Sets the base lane. */
    public record SetBase(String base) implements Change {
        @Override
        public void apply(TableEdit edit) {
            edit.setBase(base);
        }
    }
}
