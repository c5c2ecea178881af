package io.laneway.router.table;

import io.laneway.router.carrier.CarrierNames;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.request.Matchable;
import io.laneway.router.route.CompiledRoute;
import io.laneway.router.route.LaneHost;
import io.laneway.router.route.LaneHosts;
import io.laneway.router.route.RouteMap;
import io.laneway.router.route.ServiceHosts;
import io.laneway.router.text.Slice;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A lane table made ready for requests. Immutable but for the states behind its deployments; shared parts with the
 * table before it. A gateway keeps one in a volatile field; a request reads that once and keeps what it read. Safe for
 * many threads.
 *
 * @param <S> what lives behind the ports of its deployments
 * @param <R> what is kept at its services
 */
public final class CompiledTable<S extends DeploymentState, R> {

    private final LaneTable model;
    private final CarrierNames carriers;
    private final LaneIndex lanes;
    private final ServiceEntry<S, R>[] services;
    private final @Nullable ShiftEntry[] shiftOfService;
    private final Map<ServiceId, Integer> places;
    private final Map<String, ShiftEntry> shifts;
    private final ServiceHosts hosts;
    private final RouteMap routes;
    private final LaneHosts laneHosts;
    private final boolean recordings;

    CompiledTable(
            LaneTable model,
            CarrierNames carriers,
            LaneIndex lanes,
            ServiceEntry<S, R>[] services,
            @Nullable ShiftEntry[] shiftOfService,
            Map<ServiceId, Integer> places,
            Map<String, ShiftEntry> shifts,
            ServiceHosts hosts,
            RouteMap routes,
            LaneHosts laneHosts) {
        this.model = model;
        this.carriers = carriers;
        this.lanes = lanes;
        this.services = services;
        this.shiftOfService = shiftOfService;
        this.places = places;
        this.shifts = shifts;
        this.hosts = hosts;
        this.routes = routes;
        this.laneHosts = laneHosts;
        this.recordings = !model.recordings().isEmpty();
    }

    /** The table it was compiled from. */
    public LaneTable model() {
        return model;
    }

    public long revision() {
        return model.revision();
    }

    public CarrierNames carriers() {
        return carriers;
    }

    /** The base lane. */
    public LaneEntry base() {
        return lanes.base;
    }

    /** The lane whose slug these bytes spell in any case, or null. */
    public @Nullable LaneEntry lane(byte[] array, int offset, int length) {
        return lanes.bySlug.get(array, offset, length);
    }

    /** The lane of that name in any spelling that has its slug, or null. */
    public @Nullable LaneEntry lane(String name) {
        return lanes.get(name);
    }

    /** The lanes that are not the same in another table, or that one of both lacks. */
    public Set<LaneEntry> differingLanes(CompiledTable<?, ?> other) {
        return lanes.differing(other.lanes);
    }

    /** When the next lane expires by the clock it was compiled with; null for never. It is to be compiled again then. */
    public @Nullable Instant nextExpiry() {
        return lanes.nextExpiry;
    }

    /** The hosts that lanes have by a pattern of the carriers alone. */
    public LaneHosts laneHosts() {
        return laneHosts;
    }

    /** Whether there is a lane beside the base lane. */
    public boolean hasLanes() {
        return lanes.bySlug.size() > 1;
    }

    /** Whether there are routes to be looked at before hosts. */
    public boolean hasRoutes() {
        return !routes.isEmpty();
    }

    /** Whether a route names the ports at which it counts, as those of the Gateway API do. */
    public boolean hasRoutesByPort() {
        return routes.isByPort();
    }

    /**
     * The routes of connections by the server name of their TLS, whose path is {@code /}; null if there is none, so that
     * connections are not looked into.
     */
    public @Nullable RouteMap tlsRoutes() {
        return routes.tls();
    }

    /** Whether there are recordings that may want requests. */
    public boolean hasRecordings() {
        return recordings;
    }

    /** The route of a request for a host (without port) and a request target, or null. */
    public @Nullable CompiledRoute route(Slice host, Slice path, Matchable request) {
        return routes.get(host, path, request);
    }

    /** The place of the service that has this host (without port), negative if none has. */
    public int place(Slice host, boolean internal, Slice scratch) {
        int place = hosts.get(host, internal, scratch);
        return place >= 0 || !internal ? place : placeByLane(host, scratch);
    }

    /**
     * The place of the service that a host {@code service.lane} (without port) names, negative if it names none: the
     * service has no namespace, and the lane is here.
     *
     * @param lane pointed at the lane's name
     */
    public int placeByLane(Slice host, Slice lane) {
        int dot = LaneHost.dot(host);
        if (dot < 1) {
            return -1;
        }
        int start = host.offset() + dot + 1;
        int length = LaneHost.end(host) - dot - 1;
        if (length < 1 || lane(host.array(), start, length) == null) {
            return -1;
        }
        lane.set(host.array(), host.offset(), dot);
        int place = hosts.named(lane);
        lane.set(host.array(), start, length);
        return place >= 0 && services[place].service().id().namespace() == null ? place : -1;
    }

    /** The place of a service, or of the only one of a bare name; negative if it is not here. */
    public int place(ServiceId id) {
        Integer place = places.get(id);
        return place == null ? -1 : place;
    }

    /** The service at a place. */
    public ServiceEntry<S, R> service(int place) {
        return services[place];
    }

    /** The service of that identity, or the only one of that bare name, or null. */
    public @Nullable ServiceEntry<S, R> service(ServiceId id) {
        int place = place(id);
        return place < 0 ? null : services[place];
    }

    /** How many services it has. */
    public int services() {
        return services.length;
    }

    /** The shift of the service at a place, or null if it has none. */
    public @Nullable ShiftEntry shift(int place) {
        return shiftOfService[place];
    }

    /** The shift of that name, or null. */
    public @Nullable ShiftEntry shift(String name) {
        return shifts.get(name);
    }

    LaneIndex lanes() {
        return lanes;
    }

    Map<ServiceId, Integer> places() {
        return places;
    }

    Map<String, ShiftEntry> shifts() {
        return shifts;
    }

    ServiceHosts hosts() {
        return hosts;
    }

    RouteMap routes() {
        return routes;
    }
}
