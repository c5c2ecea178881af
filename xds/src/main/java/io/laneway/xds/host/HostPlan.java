package io.laneway.xds.host;

import io.laneway.router.carrier.HostPattern;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.text.Slice;
import io.laneway.xds.lane.HostPatterns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts lead to a service and nothing else, and which have routes of the table or are hosts of lanes. An Envoy looks at
 * one virtual host alone, so that each has the routes of all host patterns that its hosts match. Immutable; for
 * external or for internal clients.
 */
public final class HostPlan {

    /**
     * What is done with requests of some hosts: routes in order, then a service.
     *
     * @param service null for none: 404
     */
    public record Chain(List<Route> routes, @Nullable ServiceId service) {}

    /**
     * Hosts of lanes, which are taken for a host without a lane.
     *
     * @param chain of the host without the lane
     */
    public record LaneHost(HostPattern pattern, Chain chain) {}

    /**
     * A virtual host that is more than a service.
     *
     * @param lanes hosts of lanes among its domains, looked at first
     * @param chain of its other hosts
     */
    public record Ruled(List<String> domains, List<LaneHost> lanes, Chain chain) {}

    private static final String ANY = "*";

    private final boolean external;
    private final Map<String, ServiceId> services;
    /** Of hosts of lanes. */
    private final List<HostPattern> patterns;

    private final Map<String, List<Route>> routes = new LinkedHashMap<>();
    /** Hosts and patterns of routes, also of those that do not count at the port. */
    private final Set<String> named = new LinkedHashSet<>();

    private final List<Route> any = new ArrayList<>();
    private final Map<ServiceId, List<String>> plain = new HashMap<>();
    private final List<Ruled> ruled = new ArrayList<>();

    private HostPlan(boolean external, Map<String, ServiceId> services, List<HostPattern> patterns) {
        this.external = external;
        this.services = services;
        this.patterns = patterns;
    }

    /**
     * The plan of a table.
     *
     * @param port of the listener, at which some routes count and others do not
     */
    public static HostPlan of(LaneTable table, Domains domains, boolean external, int port) {
        List<HostPattern> patterns = table.carriers().host().stream()
                .map(text -> HostPattern.parse(text, "lane"))
                .toList();
        HostPlan plan = new HostPlan(external, external ? domains.externalHosts() : domains.internalHosts(), patterns);
        plan.sort(table.routes().stream().filter(route -> !route.match().tls()).toList(), port);
        Map<String, List<LaneHost>> lanes =
                plan.laneHosts(domains.externalHosts().keySet());
        Set<String> all = new LinkedHashSet<>(plan.services.keySet());
        all.addAll(plan.named);
        all.addAll(lanes.keySet());
        if (plan.named.remove(ANY)) {
            all.add(ANY);
        }
        boolean anywhere = all.contains(ANY);
        Map<List<Object>, List<String>> grouped = new LinkedHashMap<>();
        for (String domain : all) {
            Chain chain = plan.chain(domain);
            List<LaneHost> own = lanes.getOrDefault(domain, List.of());
            ServiceId service = chain.service();
            if (own.isEmpty() && service != null && !anywhere && !plan.hasRoutes(domain)) {
                plan.plain.computeIfAbsent(service, id -> new ArrayList<>()).add(domain);
            } else {
                grouped.computeIfAbsent(List.of(own, chain), key -> new ArrayList<>())
                        .add(domain);
            }
        }
        grouped.values()
                .forEach(group -> plan.ruled.add(new Ruled(
                        List.copyOf(group), lanes.getOrDefault(group.get(0), List.of()), plan.chain(group.get(0)))));
        return plan;
    }

    private void sort(List<Route> all, int port) {
        Map<String, List<Route>> byHost = new LinkedHashMap<>();
        List<Route> everywhere = new ArrayList<>();
        for (Route route : all) {
            route.hosts().forEach(host -> named.add(host.toLowerCase(Locale.ROOT)));
            if (route.hosts().isEmpty()) {
                named.add(ANY);
            }
            if (!route.match().ports().isEmpty() && !route.match().ports().contains(port)) {
                continue;
            }
            if (route.hosts().isEmpty()) {
                everywhere.add(route);
            }
            route.hosts()
                    .forEach(host -> byHost.computeIfAbsent(host.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                            .add(route));
        }
        List<Route> named = byHost.remove(ANY);
        if (named != null) {
            everywhere.addAll(named);
        }
        any.addAll(PathOrder.sorted(everywhere));
        byHost.forEach((host, list) -> routes.put(host, PathOrder.sorted(list)));
    }

    /** All routes that a host or a pattern of hosts may take, the most specific host first, and its service. */
    private Chain chain(String domain) {
        List<Route> all = new ArrayList<>();
        ServiceId service = services.get(domain);
        if (!domain.startsWith(ANY)) {
            all.addAll(routes.getOrDefault(domain, List.of()));
        }
        for (String pattern : patterns(domain)) {
            all.addAll(routes.getOrDefault(pattern, List.of()));
            service = service == null ? services.get(pattern) : service;
        }
        all.addAll(any);
        for (HostPattern lanes : service == null && !domain.contains(ANY) ? patterns : List.<HostPattern>of()) {
            service = service == null && lanes.match(Slice.of(domain), new Slice()) ? inside(lanes.without()) : service;
        }
        return new Chain(all, service);
    }

    /** The service that internal clients call by a host, null for external ones. */
    private @Nullable ServiceId inside(String host) {
        return external ? null : services.get(host);
    }

    /** The patterns that have all hosts of a domain, the most specific first: {@code *.b.c} and {@code *.c} of {@code a.b.c}. */
    private static List<String> patterns(String domain) {
        List<String> patterns = new ArrayList<>();
        if (domain.endsWith(ANY)) {
            return patterns;
        }
        for (int dot = domain.indexOf('.', 1); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
            patterns.add("*" + domain.substring(dot));
        }
        return patterns;
    }

    private Map<String, List<LaneHost>> laneHosts(Set<String> hosts) {
        Map<String, List<LaneHost>> lanes = new LinkedHashMap<>();
        for (HostPattern pattern : patterns) {
            String bare = pattern.without();
            String domain = HostPatterns.domain(pattern);
            boolean covered = within(pattern, hosts) || within(pattern, named);
            boolean known = hosts.contains(bare) || hasRoutes(bare);
            Chain own = chain(domain);
            ServiceId inside = inside(bare);
            if (known && !covered) {
                lanes.computeIfAbsent(domain, key -> new ArrayList<>()).add(new LaneHost(pattern, chain(bare)));
            } else if (own.service() == null && inside != null) {
                lanes.computeIfAbsent(domain, key -> new ArrayList<>())
                        .add(new LaneHost(pattern, new Chain(own.routes(), inside)));
            }
        }
        return lanes;
    }

    private static boolean within(HostPattern pattern, Set<String> hosts) {
        return hosts.stream().anyMatch(host -> HostPatterns.within(pattern, host));
    }

    private boolean hasRoutes(String host) {
        return named.contains(host) || patterns(host).stream().anyMatch(named::contains);
    }

    /** The hosts that lead to a service and have no routes. */
    public List<String> plain(ServiceId service) {
        return plain.getOrDefault(service, List.of());
    }

    public List<Ruled> ruled() {
        return ruled;
    }

    /** Whether there is more than services. */
    public boolean isPlain() {
        return ruled.isEmpty();
    }
}
