package io.laneway.router.table;

import io.laneway.router.carrier.CarrierNames;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.route.LaneHosts;
import io.laneway.router.route.RouteMap;
import io.laneway.router.route.ServiceHosts;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes compiled tables, each sharing with the one before what did not change: what is the same object is not looked
 * into, what is equal is kept. Expects a checked table; of what a check would refuse, the first of two wins and
 * dangling names lead to the base lane. Confined to the one thread that updates the table.
 */
public final class TableCompiler<S extends DeploymentState, R> {

    private static final int AMBIGUOUS = -1;

    private final LiveParts<S, R> states;
    private final CompiledTable<S, R> nothing = nothing();
    private final @Nullable Clock clock;

    /** @param clock tells which lanes expired, for tables from files; null where published states alone decide */
    public TableCompiler(LiveParts<S, R> states, @Nullable Clock clock) {
        this.states = states;
        this.clock = clock;
    }

    /** Compiles a table for questions about it: states as published, no clock. */
    public static CompiledTable<PublishedState, Void> published(LaneTable model) {
        return new TableCompiler<>(LiveParts.PUBLISHED, null)
                .compile(model, null)
                .table();
    }

    /**
     * Compiles a table, reusing what the previous one has in common with it. Where a delta made the one of the other, that
     * costs what it changes, besides copying one array of references.
     */
    public TableUpdate<S, R> compile(LaneTable model, @Nullable CompiledTable<S, R> previous) {
        CompiledTable<S, R> before = previous == null ? nothing : previous;
        LaneIndex lanes = lanes(model, before);
        ServiceCompiler<S, R> compiler = new ServiceCompiler<>(states, before, lanes);
        ServiceEntry<S, R>[] services = compiler.compile(model.services());
        boolean samePlaces = samePlaces(services, before);
        Map<ServiceId, Integer> places = samePlaces ? before.places() : places(model.services());
        Map<String, ShiftEntry> shifts = shifts(model, lanes, before);
        boolean sameCarriers = before.model().carriers().equals(model.carriers());
        boolean sameRoutes = samePlaces && before.model().routes().equals(model.routes());
        boolean sameHosts = samePlaces && sameCarriers && sameHosts(services, before);
        ServiceHosts hosts = sameHosts ? before.hosts() : ServiceHosts.of(model);
        RouteMap routes = sameRoutes ? before.routes() : RouteMap.of(model.routes(), places);
        CompiledTable<S, R> table = new CompiledTable<>(
                model,
                sameCarriers ? before.carriers() : new CarrierNames(model.carriers()),
                lanes,
                services,
                shiftOfService(services, shifts, before),
                places,
                shifts,
                hosts,
                routes,
                sameHosts && sameRoutes ? before.laneHosts() : LaneHosts.of(model.carriers(), hosts, routes));
        return new TableUpdate<>(table, compiler.retired(services));
    }

    private CompiledTable<S, R> nothing() {
        LaneTable model = LaneTable.EMPTY;
        ServiceHosts hosts = ServiceHosts.of(model);
        RouteMap routes = RouteMap.of(List.of(), Map.of());
        return new CompiledTable<>(
                model,
                new CarrierNames(model.carriers()),
                LaneIndex.of(model, null, null),
                ServiceCompiler.services(0),
                new ShiftEntry[0],
                Map.of(),
                Map.of(),
                hosts,
                routes,
                LaneHosts.of(model.carriers(), hosts, routes));
    }

    private LaneIndex lanes(LaneTable model, CompiledTable<S, R> before) {
        Instant now = clock == null ? null : clock.instant();
        if (sameLanes(model, before.model()) && !due(before, now)) {
            return before.lanes();
        }
        boolean sameBase = model.base().equals(before.model().base());
        LaneIndex changed = now == null && sameBase
                ? LaneChanges.of(before.lanes(), before.model().lanes(), model.lanes())
                : null;
        return changed == null ? LaneIndex.of(model, before.lanes(), now) : changed;
    }

    /** With a clock shifts matter too: environments do not expire. */
    private boolean sameLanes(LaneTable model, LaneTable before) {
        return model.lanes().equals(before.lanes())
                && model.base().equals(before.base())
                && (clock == null || model.shifts().equals(before.shifts()));
    }

    private boolean due(CompiledTable<S, R> before, @Nullable Instant now) {
        Instant next = before.nextExpiry();
        return now != null && next != null && !next.isAfter(now);
    }

    @SuppressWarnings("ReferenceEquality") // most are the same instances
    private boolean samePlaces(ServiceEntry<S, R>[] services, CompiledTable<S, R> before) {
        boolean same = services.length == before.services();
        for (int i = 0; same && i < services.length; i++) {
            same = services[i] == before.service(i)
                    || services[i]
                            .service()
                            .id()
                            .equals(before.service(i).service().id());
        }
        return same;
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean sameHosts(ServiceEntry<S, R>[] services, CompiledTable<S, R> before) {
        boolean same = true;
        for (int i = 0; same && i < services.length; i++) {
            same = services[i] == before.service(i)
                    || services[i]
                            .service()
                            .hosts()
                            .equals(before.service(i).service().hosts());
        }
        return same;
    }

    /** By identity, and by the bare name where only one namespace has it: so a listener may name {@code order}. */
    private static Map<ServiceId, Integer> places(List<Service> services) {
        Map<ServiceId, Integer> places = new HashMap<>(services.size() * 2);
        Map<ServiceId, Integer> bare = new HashMap<>();
        for (int i = 0; i < services.size(); i++) {
            ServiceId id = services.get(i).id();
            places.putIfAbsent(id, i);
            if (id.namespace() != null) {
                bare.merge(ServiceId.of(id.name()), i, (one, other) -> AMBIGUOUS);
            }
        }
        bare.values().removeIf(place -> place == AMBIGUOUS);
        bare.forEach(places::putIfAbsent);
        return places;
    }

    private Map<String, ShiftEntry> shifts(LaneTable model, LaneIndex lanes, CompiledTable<S, R> before) {
        if (before.lanes() == lanes && before.model().shifts().equals(model.shifts())) {
            return before.shifts();
        }
        Map<String, ShiftEntry> shifts = new HashMap<>();
        for (Shift shift : model.shifts()) {
            ShiftEntry old = before.shift(shift.name());
            shifts.putIfAbsent(
                    shift.name(),
                    old != null && old.shift().equals(shift) ? old.over(lanes) : ShiftEntry.of(shift, lanes));
        }
        return shifts;
    }

    @SuppressWarnings("ReferenceEquality")
    private @Nullable ShiftEntry[] shiftOfService(
            ServiceEntry<S, R>[] services, Map<String, ShiftEntry> shifts, CompiledTable<S, R> before) {
        @Nullable ShiftEntry[] result = new ShiftEntry[services.length];
        int kept = shifts == before.shifts() ? Math.min(services.length, before.services()) : 0;
        for (int i = 0; i < services.length; i++) {
            result[i] =
                    i < kept && services[i] == before.service(i) ? before.shift(i) : shifts.get(services[i].shift());
        }
        return result;
    }
}
