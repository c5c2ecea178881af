package io.laneway.xds.route;

import io.laneway.router.model.service.Service;
import io.laneway.router.policy.Access;
import io.laneway.router.table.LaneEntry;
import io.laneway.xds.filter.ServiceFilters;
import io.laneway.xds.lane.LaneRoute;
import io.laneway.xds.lane.LaneRoutes;
import io.laneway.xds.lane.Tenants;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A service that requests may be led to, where each of its lanes leads, and what filters do for it. Immutable. */
public final class Target {

    private final Service service;
    private final LaneRoutes lanes;
    private final Tenants tenants;
    private final ServiceFilters filters;
    private final @Nullable LaneEntry faulty;
    private final Map<LaneEntry, LaneRoute> byLane = new HashMap<>();

    /** @param faulty the lane whose requests suffer the policy's fault, null for none */
    public Target(
            Service service, LaneRoutes lanes, Tenants tenants, ServiceFilters filters, @Nullable LaneEntry faulty) {
        this.service = service;
        this.lanes = lanes;
        this.tenants = tenants;
        this.filters = filters;
        this.faulty = faulty;
        lanes.lanes().forEach(lane -> byLane.put(lane.lane(), lane));
    }

    Service service() {
        return service;
    }

    LaneRoutes lanes() {
        return lanes;
    }

    Tenants tenants() {
        return tenants;
    }

    ServiceFilters filters() {
        return filters;
    }

    @Nullable
    LaneEntry faulty() {
        return faulty;
    }

    /** Whether strangers need what an Envoy does not ask for, unless a route says otherwise. */
    public boolean closed() {
        Access access = service.policy().access();
        return access != null && !access.open();
    }

    /** Where requests for a lane go, which is where those without one go if the service knows no other way. */
    LaneRoute lane(LaneEntry lane) {
        return byLane.getOrDefault(lane, lanes.base());
    }
}
