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

    private final LaneTable start;
    private final EditList<String, Lane> lanes;
    private final EditList<ServiceId, Service> services;
    private final EditList<String, Shift> shifts;
    private final EditList<String, Recording> recordings;
    private String base;
    private Carriers carriers;
    private List<Route> routes;
    private @Nullable String misfit;

    TableEdit(LaneTable start) {
        this.start = start;
        this.lanes = new EditList<>(start.lanes(), Lane::name);
        this.services = new EditList<>(start.services(), Service::id);
        this.shifts = new EditList<>(start.shifts(), Shift::name);
        this.recordings = new EditList<>(start.recordings(), Recording::name);
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
    Applied applied() {
        return misfit != null
                ? new Applied.Misfit(misfit)
                : new Applied.Changed(new LaneTable(
                        start.revision(),
                        base,
                        carriers,
                        lanes.list(),
                        services.list(),
                        routes,
                        shifts.list(),
                        recordings.list()));
    }
}
