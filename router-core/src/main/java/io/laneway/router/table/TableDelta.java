package io.laneway.router.table;

import io.laneway.router.model.Carriers;
import io.laneway.router.model.Deployment;
import io.laneway.router.model.Lane;
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

    /** One change. Putting replaces what has the same name or identity; removing what is not there is nothing. */
    public sealed interface Change {}

    /** Puts a lane. */
    public record PutLane(Lane lane) implements Change {}

    /** Removes a lane. */
    public record RemoveLane(String name) implements Change {}

    /** Puts a service with all its deployments. */
    public record PutService(Service service) implements Change {}

    /** Removes a service. */
    public record RemoveService(ServiceId id) implements Change {}

    /** Puts one deployment of a service that exists. */
    public record PutDeployment(ServiceId service, Deployment deployment) implements Change {}

    /** Removes one deployment. */
    public record RemoveDeployment(ServiceId service, String lane) implements Change {}

    /** Puts a shift. */
    public record PutShift(Shift shift) implements Change {}

    /** Removes a shift. */
    public record RemoveShift(String name) implements Change {}

    /** Sets all routes. */
    public record SetRoutes(List<Route> routes) implements Change {
        public SetRoutes {
            routes = List.copyOf(routes);
        }
    }

    /** Sets the carriers. */
    public record SetCarriers(Carriers carriers) implements Change {}

    /** Sets the base lane. */
    public record SetBase(String base) implements Change {}
}
