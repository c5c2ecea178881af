package io.laneway.xds.route;

import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.NonForwardingAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy;
import io.envoyproxy.envoy.config.route.v3.RouteAction.MaxStreamDuration;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.shift.TenantSource;
import io.laneway.router.policy.Balancer;
import io.laneway.xds.lane.LaneInputs;
import io.laneway.xds.lane.LaneRoute;
import io.laneway.xds.lane.LaneRoutes;
import io.laneway.xds.lane.TenantMatches;
import io.laneway.xds.lane.Tenants;
import io.laneway.xds.words.Durations;
import io.laneway.xds.words.Patterns;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A service as a route configuration of gRPC clients, which know header matches in a list (gRFC A28) and no tree: a call's cost
 * grows with the number of lanes of this service. What is refused becomes a route without an action to forward. Stateless.
 */
public final class GrpcRoutes {

    private GrpcRoutes() {}

    /** The routes of one service. */
    public static RouteConfiguration of(
            String name, Service service, LaneRoutes routes, Tenants tenants, Carriers carriers) {
        VirtualHost.Builder host =
                VirtualHost.newBuilder().setName(service.id().toString()).addDomains("*");
        for (Place place : places(carriers)) {
            for (LaneRoute lane : routes.lanes()) {
                host.addRoutes(route(lane, service).setMatch(match(place.header(), place.holding(spelled(lane)))));
            }
            host.addRoutes(route(routes.base(), service).setMatch(match(place.header(), place.present())));
        }
        for (TenantSource source : tenants.sources()) {
            RouteMatch.Builder match = tenant(source);
            if (match != null && !tenants.everyone()) {
                host.addRoutes(refused("tenants").setMatch(match));
            }
        }
        Route.Builder last = tenants.everyone() ? refused("tenants") : route(routes.base(), service);
        host.addRoutes(last.setMatch(RouteMatch.newBuilder().setPrefix("")));
        return RouteConfiguration.newBuilder()
                .setName(name)
                .addVirtualHosts(host)
                .build();
    }

    /**
     * Where a call may carry its lane.
     *
     * @param member the key of a baggage member, null for the whole value
     */
    private record Place(String header, @Nullable String member) {

        String holding(String regex) {
            return member == null ? regex : Patterns.member(member, regex);
        }

        String present() {
            return member == null ? Patterns.PRESENT : Patterns.member(member, Patterns.MEMBER);
        }
    }

    private static Set<Place> places(Carriers carriers) {
        Set<Place> places = new LinkedHashSet<>();
        places.add(new Place(Carriers.MARKER, null));
        places.add(new Place(LaneInputs.BAGGAGE, Carriers.MARKER));
        carriers.header().forEach(name -> places.add(new Place(name.toLowerCase(Locale.ROOT), null)));
        carriers.baggage().forEach(key -> places.add(new Place(LaneInputs.BAGGAGE, key)));
        return places;
    }

    private static String spelled(LaneRoute lane) {
        return LaneRoute.spellings(lane.lane()).stream().map(Patterns::quoted).collect(Collectors.joining("|"));
    }

    private static RouteMatch.Builder match(String header, String regex) {
        return RouteMatch.newBuilder()
                .setPrefix("")
                .addHeaders(HeaderMatcher.newBuilder()
                        .setName(header)
                        .setStringMatch(StringMatcher.newBuilder()
                                .setSafeRegex(RegexMatcher.newBuilder().setRegex(regex))));
    }

    private static RouteMatch.@Nullable Builder tenant(TenantSource source) {
        return switch (source.kind()) {
            case HEADER -> match(source.name().toLowerCase(Locale.ROOT), TenantMatches.SOMETHING);
            case JWT_CLAIM -> match("authorization", ".*");
            case COOKIE -> match("cookie", Patterns.cookie(source.name()));
            case QUERY, HOST -> null;
        };
    }

    private static Route.Builder route(LaneRoute lane, Service service) {
        String cluster = lane.cluster();
        if (cluster == null) {
            return refused(
                    lane.refusal() == null ? "unavailable" : lane.refusal().word());
        }
        RouteAction.Builder action = RouteAction.newBuilder().setCluster(cluster);
        java.time.Duration total = service.policy().timeouts().total();
        if (!total.isZero()) {
            action.setMaxStreamDuration(MaxStreamDuration.newBuilder().setMaxStreamDuration(Durations.of(total)));
        }
        Balancer balancer = service.policy().balancer();
        if (balancer.kind() == Balancer.Kind.RING_HASH && balancer.key() == Balancer.Key.HEADER) {
            action.addHashPolicy(HashPolicy.newBuilder()
                    .setHeader(HashPolicy.Header.newBuilder().setHeaderName(balancer.name())));
        }
        return Route.newBuilder().setName(lane.lane().slug()).setRoute(action);
    }

    private static Route.Builder refused(String name) {
        return Route.newBuilder().setName(name).setNonForwardingAction(NonForwardingAction.getDefaultInstance());
    }
}
