package io.laneway.router.table.delta;

import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.shift.Shift;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A lane table while changes are made to it. Confined to one thread; only {@link TableDelta} makes one. */
public final class TableEdit {

    private final EditList<String, Lane> lanes;
    private final EditList<ServiceId, Service> services;
    private final EditList<String, Shift> shifts;
    private final EditList<String, Recording> recordings;
    private String base;
    private Carriers carriers;
    private List<Route> routes;
    private @Nullable String misfit;

    TableEdit(LaneTable start, EditPositions positions) {
        this.lanes = new EditList<>(start.lanes(), Lane::name, positions.lanes);
        this.services = new EditList<>(start.services(), Service::id, positions.services);
        this.shifts = new EditList<>(start.shifts(), Shift::name, positions.shifts);
        this.recordings = new EditList<>(start.recordings(), Recording::name, positions.recordings);
        this.base = start.base();
        this.carriers = start.carriers();
        this.routes = start.routes();
    }

    EditList<String, Lane> lanes() {
        return lanes;
    }

    EditList<ServiceId, Service> services() {
        return services;
    }

    EditList<String, Shift> shifts() {
        return shifts;
    }

    EditList<String, Recording> recordings() {
        return recordings;
    }

    void setBase(String base) {
        this.base = base;
    }

    void setCarriers(Carriers carriers) {
        this.carriers = carriers;
    }

    void setRoutes(List<Route> routes) {
        this.routes = routes;
    }

    void putDeployment(ServiceId id, Deployment deployment) {
        Service service = services.get(id);
        if (service == null) {
            misfit = misfit == null ? "service: " + id + " (expected: a service of the table)" : misfit;
            return;
        }
        EditList<String, Deployment> deployments = new EditList<>(service.deployments(), Deployment::lane);
        deployments.put(deployment.lane(), deployment);
        services.put(id, with(service, deployments.list()));
    }

    void removeDeployment(ServiceId id, String lane) {
        Service service = services.get(id);
        if (service != null) {
            EditList<String, Deployment> deployments = new EditList<>(service.deployments(), Deployment::lane);
            deployments.remove(lane);
            services.put(id, with(service, deployments.list()));
        }
    }

    private static Service with(Service service, List<Deployment> deployments) {
        return new Service(service.id(), service.hosts(), service.shift(), deployments, service.policy());
    }

    /** The first change that does not fit makes all of them a misfit. */
    Applied applied(long revision) {
        if (misfit != null) {
            return new Applied.Misfit(misfit);
        }
        LaneTable table = new LaneTable(
                revision, base, carriers, lanes.list(), services.list(), routes, shifts.list(), recordings.list());
        lanes.end(table.lanes());
        services.end(table.services());
        shifts.end(table.shifts());
        recordings.end(table.recordings());
        return new Applied.Changed(table);
    }
}
