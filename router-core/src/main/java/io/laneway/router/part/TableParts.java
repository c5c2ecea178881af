package io.laneway.router.part;

import io.laneway.router.model.LaneTable;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteMirror;
import io.laneway.router.model.route.RoutePart;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.route.LaneHost;
import io.laneway.router.route.LaneHosts;
import io.laneway.router.route.RouteMap;
import io.laneway.router.route.ServiceHosts;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One table, indexed so that parts of it can be taken. A part decides for each host that was asked for as the whole does:
 * it has the services that the host leads to and those of the same bare name, the routes that may match it with their
 * services, the shifts of these, and the {@linkplain PartLanes lanes} that matter to them. For other hosts it says nothing.
 * Objects of a part are those of the table. Immutable; safe for many threads.
 */
public final class TableParts {

    private final LaneTable table;
    private final ServiceHosts hosts;
    private final LaneHosts laneHosts;
    private final Map<ServiceId, Integer> places;
    private final Map<String, List<Integer>> namesakes;
    private final PartLanes lanes;

    private TableParts(LaneTable table) {
        this.table = table;
        this.hosts = ServiceHosts.of(table);
        this.places = new HashMap<>();
        this.namesakes = new HashMap<>();
        for (int i = 0; i < table.services().size(); i++) {
            ServiceId id = table.services().get(i).id();
            places.putIfAbsent(id, i);
            namesakes
                    .computeIfAbsent(id.name().toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
                    .add(i);
        }
        this.laneHosts = LaneHosts.of(table.carriers(), hosts, RouteMap.of(table.routes(), places));
        this.lanes = PartLanes.of(table);
    }

    private TableParts(LaneTable table, TableParts before, PartLanes lanes) {
        this.table = table;
        this.hosts = before.hosts;
        this.laneHosts = before.laneHosts;
        this.places = before.places;
        this.namesakes = before.namesakes;
        this.lanes = lanes;
    }

    /** @param before those of the table before, whose indexes are kept where nothing in them changed; null for none */
    public static TableParts of(LaneTable table, @Nullable TableParts before) {
        if (before == null
                || !before.table.routes().equals(table.routes())
                || !before.table.carriers().equals(table.carriers())
                || !sameNames(before.table.services(), table.services())) {
            return new TableParts(table);
        }
        boolean sameLanes = before.table.lanes().equals(table.lanes())
                && before.table.base().equals(table.base());
        return new TableParts(table, before, sameLanes ? before.lanes : PartLanes.of(table));
    }

    @SuppressWarnings("ReferenceEquality") // most are the same instances
    private static boolean sameNames(List<Service> before, List<Service> now) {
        boolean same = before.size() == now.size();
        for (int i = 0; same && i < now.size(); i++) {
            Service old = before.get(i);
            Service next = now.get(i);
            same = old == next || (old.id().equals(next.id()) && old.hosts().equals(next.hosts()));
        }
        return same;
    }

    /** The table that these are parts of. */
    public LaneTable table() {
        return table;
    }

    /** The part for an interest, at the table's revision. */
    public LaneTable part(Interest interest) {
        Set<Integer> found = new TreeSet<>();
        Set<Route> routes = new LinkedHashSet<>();
        List<String> named = new ArrayList<>(interest.lanes());
        for (String host : interest.hosts()) {
            find(host, found, routes, named);
        }
        List<Service> services =
                found.stream().map(place -> table.services().get(place)).toList();
        List<Route> inOrder = routes.isEmpty()
                ? List.of()
                : table.routes().stream().filter(routes::contains).toList();
        Part part = new Part(services, inOrder, table);
        return new LaneTable(
                table.revision(),
                table.base(),
                table.carriers(),
                lanes.of(part, named),
                services,
                inOrder,
                part.shifts(),
                part.recordings());
    }

    private void find(String host, Set<Integer> found, Set<Route> routes, List<String> named) {
        Slice asked = Slice.of(host);
        Slice bare = new Slice();
        String target = laneHosts.bare(asked, bare) ? text(bare) : host;
        for (Route route : table.routes()) {
            if (mayMatch(route, target)) {
                routes.add(route);
                services(route).forEach(id -> add(places.get(id), found));
            }
        }
        int place = hosts.get(Slice.of(target), true, new Slice());
        int dot = LaneHost.dot(asked);
        if (place < 0 && dot > 0) {
            place = hosts.named(Slice.of(host.substring(0, dot)));
            named.add(host.substring(dot + 1, Math.max(dot + 1, LaneHost.end(asked))));
        }
        add(place < 0 ? null : place, found);
    }

    /** With those of its bare name: two of them leave the bare name to neither. */
    private void add(@Nullable Integer place, Set<Integer> found) {
        if (place != null && found.add(place)) {
            String name = table.services().get(place).id().name().toLowerCase(Locale.ROOT);
            found.addAll(namesakes.getOrDefault(name, List.of()));
        }
    }

    private static boolean mayMatch(Route route, String host) {
        return route.hosts().isEmpty() || route.hosts().stream().anyMatch(each -> covers(each, host));
    }

    private static boolean covers(String pattern, String host) {
        String lower = pattern.toLowerCase(Locale.ROOT);
        return lower.startsWith("*") ? host.endsWith(lower.substring(1)) : lower.equals(host);
    }

    private static Stream<ServiceId> services(Route route) {
        Stream<ServiceId> parts =
                route.action().split().stream().map(RoutePart::service).filter(Objects::nonNull);
        Stream<ServiceId> copies = route.action().mirrors().stream().map(RouteMirror::service);
        return Stream.concat(Stream.concat(Stream.ofNullable(route.service()), parts), copies);
    }

    private static String text(Slice slice) {
        return new String(slice.array(), slice.offset(), slice.length(), StandardCharsets.UTF_8)
                .toLowerCase(Locale.ROOT);
    }
}
