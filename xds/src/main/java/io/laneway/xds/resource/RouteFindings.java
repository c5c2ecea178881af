package io.laneway.xds.resource;

import io.laneway.router.model.LaneTable;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Access;
import io.laneway.router.source.LintSource.Finding;
import io.laneway.xds.host.Domains;
import io.laneway.xds.host.PathOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What routes of a table ask for that xDS cannot say. Stateless. docs/decisions/0401. */
final class RouteFindings {

    private RouteFindings() {}

    static List<Finding> of(LaneTable table, Hosts hosts) {
        Domains domains = hosts.domains();
        Set<ServiceId> counted = counted(table);
        List<Finding> findings = new ArrayList<>();
        int inside = 0;
        for (int i = 0; i < table.routes().size(); i++) {
            Route route = table.routes().get(i);
            String place = "routes[" + i + "]";
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
                        Unsaid.LEFT_OUT,
                        place,
                        "match.tls: Envoys get no listener by server name (expected: a gateway)"));
                continue;
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
                    .filter(counted::contains)
                    .distinct()
                    .forEach(service -> findings.add(new Finding(
                            Unsaid.REFUSED,
                            place,
                            "service " + service
                                    + " has a rate, which an Envoy counts by host and not by route, so"
                                    + " its requests by this route are refused (expected: a host of"
                                    + " the service's own)")));
            if (route.action().mirrors().stream().anyMatch(mirror -> mirror.lane() != null)) {
                findings.add(new Finding(
                        Unsaid.LEFT_OUT,
                        place,
                        "mirrors with a lane: copies cannot be stamped with a lane of their own in xDS, so its clients"
                                + " make none (expected: mirrors without a lane, which go by the request's own)"));
            }
            inside += domains.ofOurOwn(route.hosts()) ? 1 : 0;
        }
        for (Service service : table.services()) {
            boolean hidden = counted.contains(service.id())
                    && (isHidden(hosts, service.id(), true) || isHidden(hosts, service.id(), false));
            if (hidden) {
                findings.add(Unsaid.finding(
                        Unsaid.REFUSED,
                        service,
                        "policy.rate: counted by host, so requests for its hosts that have routes are refused"
                                + " (expected: a host without routes)"));
            }
        }
        if (!table.recordings().isEmpty()) {
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
        return findings;
    }

    /** Services whose requests are counted, as routes may name them. */
    private static Set<ServiceId> counted(LaneTable table) {
        Map<String, Long> bare = table.services().stream()
                .collect(Collectors.groupingBy(service -> service.id().name(), Collectors.counting()));
        Set<ServiceId> counted = new HashSet<>();
        for (Service service : table.services()) {
            if (service.policy().rate() != null) {
                counted.add(service.id());
                if (bare.getOrDefault(service.id().name(), 0L) == 1) {
                    counted.add(new ServiceId(service.id().name(), null));
                }
            }
        }
        return counted;
    }

    /** Whether a host of a service has routes. */
    private static boolean isHidden(Hosts hosts, ServiceId service, boolean external) {
        Map<ServiceId, List<String>> all =
                external ? hosts.domains().external() : hosts.domains().internal();
        return all.getOrDefault(service, List.of()).size()
                > hosts.plain(service, external).size();
    }
}
