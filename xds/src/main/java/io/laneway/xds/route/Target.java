package io.laneway.xds.route;

import io.laneway.router.model.service.Service;
import io.laneway.router.policy.Access;
import io.laneway.router.table.LaneEntry;
import io.laneway.xds.filter.ServiceFilters;
import io.laneway.xds.lane.LaneRoute;
import io.laneway.xds.lane.LaneRoutes;
import io.laneway.xds.lane.PortChoice;
import io.laneway.xds.lane.Tenants;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A service that requests may be led to, where each of its lanes leads, and what filters do for it. Immutable. */
public final class Target {

    private final Service service;
    private final Map<PortChoice, LaneRoutes> lanes;
    private final Tenants tenants;
    private final ServiceFilters filters;
    private final @Nullable LaneEntry faulty;
    private final Map<PortChoice, Map<LaneEntry, LaneRoute>> byLane = new HashMap<>();

    /**
     * @param lanes  where lanes lead, by the port that requests are for, in the order of these choices
     * @param faulty the lane whose requests suffer the policy's fault, null for none
     */
    public Target(
            Service service,
            Map<PortChoice, LaneRoutes> lanes,
            Tenants tenants,
            ServiceFilters filters,
            @Nullable LaneEntry faulty) {
        this.service = service;
        this.lanes = new LinkedHashMap<>(lanes);
        this.tenants = tenants;
        this.filters = filters;
        this.faulty = faulty;
        lanes.forEach((choice, routes) -> {
            Map<LaneEntry, LaneRoute> own = new HashMap<>();
            routes.lanes().forEach(lane -> own.put(lane.lane(), lane));
            byLane.put(choice, own);
        });
    }

    Service service() {
        return service;
    }

    /** By which ports requests differ, the last one for all others. */
    List<PortChoice> choices() {
        return List.copyOf(lanes.keySet());
    }

    /** Where lanes lead for requests that are for some port. */
    LaneRoutes lanes(PortChoice wanted) {
        return Objects.requireNonNull(lanes.get(own(wanted)), "lanes");
    }

    /** What this service makes of a choice that may be one of another service, or of a route. */
    private PortChoice own(PortChoice wanted) {
        PortChoice plain = new PortChoice(wanted.number(), false);
        if (lanes.containsKey(wanted)) {
            return wanted;
        }
        if (lanes.containsKey(plain)) {
            return plain;
        }
        return wanted.grpc() && lanes.containsKey(PortChoice.GRPC) ? PortChoice.GRPC : PortChoice.ONLY;
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

    /** Whether external clients need what an Envoy does not ask for, unless a route says otherwise. */
    public boolean closed() {
        Access access = service.policy().access();
        return access != null && !access.open();
    }

    /** Where requests for a lane go: where those without one go, if it is null or the service knows no other way. */
    LaneRoute lane(@Nullable LaneEntry lane, PortChoice wanted) {
        LaneRoute base = lanes(wanted).base();
        return lane == null ? base : byLane.getOrDefault(own(wanted), Map.of()).getOrDefault(lane, base);
    }
}
