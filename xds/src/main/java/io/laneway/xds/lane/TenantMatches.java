package io.laneway.xds.lane;

import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.QueryParameterMatcher;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.shift.TenantSource;
import io.laneway.xds.words.Patterns;
import java.util.Locale;

/** Requests that carry a tenant, or the lane of a stamp, as matches of an Envoy's routes. Stateless. */
public final class TenantMatches {

    /** Any text that is not blank. */
    public static final String SOMETHING = ".*\\S.*";

    private TenantMatches() {}

    /** The match, of requests alone that carry a tenant there. */
    public static RouteMatch.Builder of(TenantSource source, RouteMatch.Builder match) {
        return switch (source.kind()) {
            case HEADER -> match.addHeaders(matching(source.name().toLowerCase(Locale.ROOT), SOMETHING));
            case COOKIE -> match.addHeaders(matching("cookie", Patterns.cookie(source.name())));
            case JWT_CLAIM ->
                match.addHeaders(
                        HeaderMatcher.newBuilder().setName("authorization").setPresentMatch(true));
            case QUERY ->
                match.addQueryParameters(QueryParameterMatcher.newBuilder()
                        .setName(source.name())
                        .setPresentMatch(true));
            case HOST -> match;
        };
    }

    /** Baggage with a stamp. */
    public static HeaderMatcher staleBaggage() {
        return matching(LaneInputs.BAGGAGE, Patterns.member(Carriers.MARKER, "[^,;]*"));
    }

    private static HeaderMatcher matching(String name, String regex) {
        return HeaderMatcher.newBuilder()
                .setName(name)
                .setStringMatch(StringMatcher.newBuilder().setSafeRegex(Patterns.ofEnvoys(regex)))
                .build();
    }
}
