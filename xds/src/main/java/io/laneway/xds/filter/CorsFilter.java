package io.laneway.xds.filter;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.CorsPolicy;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.laneway.router.policy.Cors;
import io.laneway.xds.words.Patterns;
import java.util.List;

/** CORS as an Envoy's filter answers preflights, and as it writes it on responses. Stateless. */
public final class CorsFilter {

    private static final String ANY = "*";
    private static final String SCHEME_END = "://";
    private static final String OF_HOST = "[0-9A-Za-z._-]+";
    private static final String OF_HOST_AND_PORT = "[0-9A-Za-z._:-]+";

    private CorsFilter() {}

    /** A match, of preflights alone. */
    public static RouteMatch.Builder preflights(RouteMatch.Builder match) {
        return match.addHeaders(HeaderMatcher.newBuilder()
                        .setName(":method")
                        .setStringMatch(StringMatcher.newBuilder().setExact("OPTIONS")))
                .addHeaders(HeaderMatcher.newBuilder().setName("origin").setPresentMatch(true))
                .addHeaders(HeaderMatcher.newBuilder()
                        .setName("access-control-request-method")
                        .setPresentMatch(true));
    }

    static Any of(Cors cors) {
        CorsPolicy.Builder policy = CorsPolicy.newBuilder()
                .setAllowMethods(list(cors.methods()))
                .setAllowHeaders(list(cors.headers()))
                .setExposeHeaders(String.join(", ", cors.expose()))
                .setMaxAge(String.valueOf(cors.maxAge().toSeconds()))
                .setAllowCredentials(BoolValue.of(cors.credentials()))
                .setForwardNotMatchingPreflights(BoolValue.of(false));
        cors.origins().forEach(origin -> policy.addAllowOriginStringMatch(origin(origin)));
        return Any.pack(policy.build());
    }

    private static String list(List<String> values) {
        return values.contains(ANY) ? ANY : String.join(", ", values);
    }

    /** The match of an origin; an Envoy takes an exact {@code *} as any origin. */
    private static StringMatcher origin(String origin) {
        int star = origin.indexOf(SCHEME_END + ANY);
        if (star < 0) {
            return StringMatcher.newBuilder().setExact(origin).build();
        }
        int at = star + SCHEME_END.length();
        String after = origin.substring(at + 1);
        return StringMatcher.newBuilder()
                .setSafeRegex(Patterns.ofEnvoys(Patterns.quoted(origin.substring(0, at))
                        + (after.isEmpty() ? OF_HOST_AND_PORT : OF_HOST)
                        + Patterns.quoted(after)))
                .build();
    }
}
