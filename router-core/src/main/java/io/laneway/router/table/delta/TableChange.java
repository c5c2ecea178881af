package io.laneway.router.table.delta;

import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.shift.Shift;
import java.util.List;

/**
 * One change of a lane table. Putting replaces what has the same name or identity; removing what is not there is
 * nothing. Immutable.
 */
public sealed interface TableChange {
    /** Makes the change. */
    void apply(TableEdit edit);

    /** Puts a lane. */
    public record PutLane(Lane lane) implements TableChange {
        @Override
        public void apply(TableEdit edit) {
            edit.lanes().put(lane.name(), lane);
        }
    }

    /** Removes a lane. */
    public record RemoveLane(String name) implements TableChange {
        @Override
        public void apply(TableEdit edit) {
            edit.lanes().remove(name);
        }
    }

    /** Puts a service with all its deployments. */
    public record PutService(Service service) implements TableChange {
        @Override
        public void apply(TableEdit edit) {
            edit.services().put(service.id(), service);
        }
    }

    /** Removes a service. */
    public record RemoveService(ServiceId id) implements TableChange {
        @Override
        public void apply(TableEdit edit) {
            edit.services().remove(id);
        }
    }

    /** Puts one deployment of a service that exists. */
    public record PutDeployment(ServiceId service, Deployment deployment) implements TableChange {
        @Override
        public void apply(TableEdit edit) {
            edit.putDeployment(service, deployment);
        }
    }

    /** Removes one deployment. */
    public record RemoveDeployment(ServiceId service, String lane) implements TableChange {
        @Override
        public void apply(TableEdit edit) {
            edit.removeDeployment(service, lane);
        }
    }

    /** Puts a shift. */
    public record PutShift(Shift shift) implements TableChange {
        @Override
        public void apply(TableEdit edit) {
            edit.shifts().put(shift.name(), shift);
        }
    }

    /** Removes a shift. */
    public record RemoveShift(String name) implements TableChange {
        @Override
        public void apply(TableEdit edit) {
            edit.shifts().remove(name);
        }
    }

    /** Puts a recording. */
    public record PutRecording(Recording recording) implements TableChange {
        @Override
        public void apply(TableEdit edit) {
            edit.recordings().put(recording.name(), recording);
        }
    }

    /** Removes a recording. */
    public record RemoveRecording(String name) implements TableChange {
        @Override
        public void apply(TableEdit edit) {
            edit.recordings().remove(name);
        }
    }

    /** Sets all routes. */
    public record SetRoutes(List<Route> routes) implements TableChange {
        public SetRoutes {
            routes = List.copyOf(routes);
        }

        @Override
        public void apply(TableEdit edit) {
            edit.setRoutes(routes);
        }
    }

    /** Sets the carriers. */
    public record SetCarriers(Carriers carriers) implements TableChange {
        @Override
        public void apply(TableEdit edit) {
            edit.setCarriers(carriers);
        }
    }

    /** Sets the base lane. */
    public record SetBase(String base) implements TableChange {
        @Override
        public void apply(TableEdit edit) {
            edit.setBase(base);
        }
    }
}
