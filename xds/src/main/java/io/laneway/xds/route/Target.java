package io.laneway.xds.route;

import io.laneway.router.model.service.Service;
import io.laneway.router.table.LaneEntry;
import java.util.HashMap;
import java.util.Map;

/** A service that requests may be led to, and where each of its lanes leads. Immutable. */
public final class Target {

    private final Service service;
    private final LaneRoutes lanes;
    private final Tenants tenants;
    private final Map<LaneEntry, LaneRoute> byLane = new HashMap<>();

    public Target(Service service, LaneRoutes lanes, Tenants tenants) {
        this.service = service;
        this.lanes = lanes;
        this.tenants = tenants;
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

    /** Where requests for a lane go, which is where those without one go if the service knows no other way. */
    LaneRoute lane(LaneEntry lane) {
        return byLane.getOrDefault(lane, lanes.base());
    }
}
