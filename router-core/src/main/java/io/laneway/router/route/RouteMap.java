package io.laneway.router.route;

import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.request.Matchable;
import io.laneway.router.text.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All routes of a table: the most specific host that has a route for the path wins, and within it the longest whole
 * segment prefix. Immutable. docs/reference/table.md#routes.
 */
public final class RouteMap {

    private final HostMap<PathMap> hosts;
    private final @Nullable PathMap anyHost;
    private final boolean patterns;
    private final boolean empty;
    private final boolean byPort;
    private final @Nullable RouteMap tls;

    private RouteMap(
            HostMap<PathMap> hosts, @Nullable PathMap anyHost, boolean empty, boolean byPort, @Nullable RouteMap tls) {
        this.hosts = hosts;
        this.anyHost = anyHost;
        this.patterns = hosts.suffixes().size() > 0;
        this.empty = empty;
        this.byPort = byPort;
        this.tls = tls;
    }

    /** The routes in order; those to no service that {@code places} knows are left out. */
    public static RouteMap of(List<Route> all, Map<ServiceId, Integer> places) {
        List<Route> ofTls = all.stream().filter(route -> route.match().tls()).toList();
        return ofTls.isEmpty()
                ? of(all, places, null)
                : of(all.stream().filter(route -> !route.match().tls()).toList(), places, of(ofTls, places, null));
    }

    private static RouteMap of(List<Route> routes, Map<ServiceId, Integer> places, @Nullable RouteMap tls) {
        Map<String, List<CompiledRoute>> byHost = new HashMap<>();
        List<CompiledRoute> any = new ArrayList<>();
        for (Route route : routes) {
            TrafficSplit split = TrafficSplit.of(route, places);
            if (split == null) {
                continue;
            }
            CompiledRoute target = new CompiledRoute(route, split);
            if (route.hosts().isEmpty()) {
                any.add(target);
            }
            for (String host : route.hosts()) {
                byHost.computeIfAbsent(host.toLowerCase(Locale.ROOT), h -> new ArrayList<>())
                        .add(target);
            }
        }
        any.addAll(byHost.getOrDefault("*", List.of()));
        Map<String, PathMap> maps = new HashMap<>();
        byHost.forEach((host, targets) -> maps.put(host, new PathMap(targets)));
        boolean byPort =
                routes.stream().anyMatch(route -> !route.match().ports().isEmpty());
        return new RouteMap(HostMap.of(maps), any.isEmpty() ? null : new PathMap(any), routes.isEmpty(), byPort, tls);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return empty;
    }

    /** The routes of connections by the server name of their TLS, whose path is {@code /}; null if there is none. */
    public @Nullable RouteMap tls() {
        return tls;
    }

    /** Whether a route names the ports at which it counts. */
    public boolean isByPort() {
        return byPort;
    }

    /** Whether a route names this host, exactly or by a pattern, whatever its path. */
    boolean hasHost(Slice host) {
        return hosts.get(host) != null;
    }

    /** The route of a request for a host (without port) and a request target. */
    public @Nullable CompiledRoute get(Slice host, Slice path, Matchable request) {
        if (empty) {
            return null;
        }
        PathMap exact = hosts.exact(host);
        CompiledRoute found = exact == null ? null : exact.get(path, request);
        if (found == null && patterns) {
            found = byPattern(host, path, request);
        }
        return found == null && anyHost != null ? anyHost.get(path, request) : found;
    }

    private @Nullable CompiledRoute byPattern(Slice host, Slice path, Matchable request) {
        for (int dot = HostMap.nextDot(host, 1); dot >= 0; dot = HostMap.nextDot(host, dot + 1)) {
            PathMap map = hosts.suffixes().get(host.array(), host.offset() + dot, host.length() - dot);
            CompiledRoute found = map == null ? null : map.get(path, request);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
