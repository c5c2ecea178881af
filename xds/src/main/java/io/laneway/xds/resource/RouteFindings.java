package io.laneway.xds.resource;

import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Access;
import io.laneway.router.source.LintSource.Finding;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.PublishedState;
import io.laneway.router.table.ServiceEntry;
import io.laneway.xds.host.PathOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What routes of a table ask for that xDS cannot say. Confined to one thread. docs/decisions/0401. */
final class RouteFindings {

    private final CompiledTable<PublishedState, Void> table;
    private final Hosts hosts;
    /** The names by which internal clients call services. */
    private final Set<String> names;

    private final List<Finding> findings = new ArrayList<>();

    private RouteFindings(CompiledTable<PublishedState, Void> table, Hosts hosts) {
        this.table = table;
        this.hosts = hosts;
        this.names = hosts.domains().internalHosts().keySet();
    }

    static List<Finding> of(CompiledTable<PublishedState, Void> table, Hosts hosts) {
        RouteFindings found = new RouteFindings(table, hosts);
        found.addRoutes(table.model().routes());
        return found.findings;
    }

    private void addRoutes(List<Route> routes) {
        int inside = 0;
        for (int i = 0; i < routes.size(); i++) {
            Route route = routes.get(i);
            add(route, "routes[" + i + "]");
            inside += !route.match().tls() && isOfOurOwn(route) ? 1 : 0;
        }
        table.model().services().forEach(this::addHidden);
        if (!table.model().recordings().isEmpty()) {
            findings.add(
                    new Finding(Unsaid.LEFT_OUT, "recordings", "clients of xDS record nothing (expected: a gateway)"));
        }
        if (inside > 0) {
            findings.add(new Finding(
                    Unsaid.LEFT_OUT,
                    "routes",
                    inside
                            + " routes have a host by which gRPC clients of xDS call a service, or any: these clients"
                            + " get the service without them; Envoys have them"));
        }
    }

    private void add(Route route, String place) {
        Access access = route.action().access();
        if (access != null && !access.open()) {
            findings.add(new Finding(
                    Unsaid.REFUSED,
                    place,
                    "access: edges ask for no token, so they refuse requests of this route; sidecars have it"
                            + " (expected: a gateway in front of it)"));
        }
        if (route.match().tls()) {
            findings.add(new Finding(
                    Unsaid.LEFT_OUT, place, "match.tls: Envoys get no listener by server name (expected: a gateway)"));
            if (route.action().clients() != null) {
                findings.add(new Finding(
                        Unsaid.LEFT_OUT,
                        place,
                        "clients: Envoys ask no client for a certificate, so that anyone reaches these hosts through"
                                + " one (expected: a gateway in front)"));
            }
            return;
        }
        if (!PathOrder.isSaid(route)) {
            findings.add(new Finding(
                    Unsaid.REFUSED,
                    place,
                    "match.regex.path: not to be kept out of the query in xDS, so its clients refuse all requests"
                            + " that the rest of this match takes (expected: an expression without $, ?, # and"
                            + " classes of Unicode)"));
        }
        route.services().stream()
                .filter(this::isCounted)
                .distinct()
                .forEach(service -> findings.add(new Finding(
                        Unsaid.REFUSED,
                        place,
                        "service " + service + " has a rate, which an Envoy counts by host and not by route, so"
                                + " its requests by this route are refused (expected: a host of"
                                + " the service's own)")));
        if (route.action().lane() != null) {
            findings.add(new Finding(
                    Unsaid.LEFT_OUT,
                    place,
                    "lane: clients of xDS decide on the lane before they know the route, so requests that carry none"
                            + " go without (expected: a gateway)"));
        }
        if (route.action().mirrors().stream().anyMatch(mirror -> mirror.lane() != null)) {
            findings.add(new Finding(
                    Unsaid.LEFT_OUT,
                    place,
                    "mirrors with a lane: copies cannot be stamped with a lane of their own in xDS, so its clients"
                            + " make none (expected: mirrors without a lane, which go by the request's own)"));
        }
    }

    /** A service with a rate of which a host has routes. */
    private void addHidden(Service service) {
        if (isCounted(service.id()) && (isHidden(service.id(), true) || isHidden(service.id(), false))) {
            findings.add(Unsaid.finding(
                    Unsaid.REFUSED,
                    service,
                    "policy.rate: counted by host, so requests for its hosts that have routes are refused"
                            + " (expected: a host without routes)"));
        }
    }

    /** Whether requests of a service, which may be named by its bare name, are counted. */
    private boolean isCounted(ServiceId id) {
        ServiceEntry<PublishedState, Void> entry = table.service(id);
        return entry != null && entry.service().policy().rate() != null;
    }

    /** Whether a host of a service has routes. */
    private boolean isHidden(ServiceId service, boolean external) {
        Map<ServiceId, List<String>> all =
                external ? hosts.domains().external() : hosts.domains().internal();
        return all.getOrDefault(service, List.of()).size()
                > hosts.plain(service, external).size();
    }

    /** Whether one of a route's hosts is a name by which internal clients call a service; without hosts it is for all of them. */
    private boolean isOfOurOwn(Route route) {
        return !names.isEmpty()
                && (route.hosts().isEmpty()
                        || route.hosts().stream()
                                .anyMatch(host -> host.equals("*") || names.contains(host.toLowerCase(Locale.ROOT))));
    }
}
