package io.laneway.xds.resource;

import com.github.xds.type.matcher.v3.Matcher.OnMatch;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.QueryParameterMatcher;
import io.envoyproxy.envoy.config.route.v3.RouteList;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.shift.TenantSource;
import io.laneway.router.policy.HeaderRules;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A service as one virtual host of an Envoy. Stateless. */
final class EnvoyHosts {

    /** What strangers say in our name, as an Envoy takes no names by their beginning. */
    private static final List<String> OURS = List.of(
            "x-laneway-assigned",
            "x-laneway-hops",
            "x-laneway-key",
            "x-laneway-lane",
            "x-laneway-decision",
            "x-laneway-replay");

    private EnvoyHosts() {}

    /** @param external whether strangers call: what they say in our name is removed */
    static VirtualHost of(
            Service service,
            LaneRoutes routes,
            Tenants tenants,
            Carriers carriers,
            List<String> domains,
            boolean external) {
        EnvoyActions actions = new EnvoyActions(service);
        Map<String, OnMatch> lanes = new TreeMap<>();
        for (LaneRoute lane : routes.lanes()) {
            OnMatch action = LaneMatcher.act(
                    actions.route(lane, Substitution.plain(lane.lane().name())));
            lane.spellings().forEach(spelling -> lanes.putIfAbsent(spelling, action));
        }
        VirtualHost.Builder host = VirtualHost.newBuilder()
                .setName(service.id().toString())
                .addAllDomains(domains)
                .setMatcher(LaneMatcher.of(
                        carriers,
                        lanes,
                        value -> LaneMatcher.act(actions.route(routes.base(), value)),
                        unmarked(actions, routes, tenants)));
        if (external) {
            host.addAllRequestHeadersToRemove(OURS);
        }
        headers(host, service.policy().headers());
        return host.build();
    }

    private static OnMatch unmarked(EnvoyActions actions, LaneRoutes routes, Tenants tenants) {
        RouteList.Builder list = RouteList.newBuilder();
        if (tenants.everyone()) {
            return LaneMatcher.act(actions.tenants(EnvoyActions.all(), tenants.shift()));
        }
        for (TenantSource source : tenants.sources()) {
            list.addRoutes(actions.tenants(match(source), tenants.shift()));
        }
        return list.getRoutesCount() == 0
                ? LaneMatcher.act(actions.route(routes.base(), ""))
                : LaneMatcher.act(
                        list.addRoutes(actions.route(routes.base(), "")).build());
    }

    private static RouteMatch match(TenantSource source) {
        RouteMatch.Builder match = RouteMatch.newBuilder().setPrefix("/");
        return switch (source.kind()) {
            case HEADER ->
                match.addHeaders(matching(source.name().toLowerCase(Locale.ROOT), ".*\\S.*"))
                        .build();
            case COOKIE ->
                match.addHeaders(matching("cookie", cookie(source.name()))).build();
            case JWT_CLAIM ->
                match.addHeaders(HeaderMatcher.newBuilder()
                                .setName("authorization")
                                .setPresentMatch(true))
                        .build();
            case QUERY ->
                match.addQueryParameters(QueryParameterMatcher.newBuilder()
                                .setName(source.name())
                                .setPresentMatch(true))
                        .build();
            case HOST -> match.build();
        };
    }

    /** Cookies of which one has that name. */
    static String cookie(String name) {
        return "(.*;)?[ \\t]*" + LaneMatcher.quoted(name) + "[ \\t]*=.*";
    }

    private static HeaderMatcher matching(String name, String regex) {
        return HeaderMatcher.newBuilder()
                .setName(name)
                .setStringMatch(StringMatcher.newBuilder()
                        .setSafeRegex(RegexMatcher.newBuilder().setRegex(regex)))
                .build();
    }

    private static void headers(VirtualHost.Builder host, HeaderRules rules) {
        host.addAllRequestHeadersToRemove(rules.request().remove());
        host.addAllResponseHeadersToRemove(rules.response().remove());
        sorted(rules.request().set())
                .forEach((name, value) ->
                        host.addRequestHeadersToAdd(EnvoyActions.header(name, Substitution.plain(value))));
        sorted(rules.request().add()).forEach((name, value) -> host.addRequestHeadersToAdd(added(name, value)));
        sorted(rules.response().set())
                .forEach((name, value) ->
                        host.addResponseHeadersToAdd(EnvoyActions.header(name, Substitution.plain(value))));
        sorted(rules.response().add()).forEach((name, value) -> host.addResponseHeadersToAdd(added(name, value)));
    }

    private static HeaderValueOption added(String name, String value) {
        return EnvoyActions.header(name, Substitution.plain(value)).toBuilder()
                .setAppendAction(HeaderAppendAction.APPEND_IF_EXISTS_OR_ADD)
                .build();
    }

    /** In one order, so that equal rules make equal resources. */
    private static Map<String, String> sorted(Map<String, String> values) {
        return new TreeMap<>(values);
    }
}
