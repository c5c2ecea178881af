package io.laneway.xds.route;

import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestQueryParamMatchInput;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteMatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Routes of one host in the order in which the first that wants a request gets it, and what each wants. Stateless.
 * docs/reference/table.md#routes.
 */
final class PathOrder {

    private static final Comparator<Route> ORDER = Comparator.comparing(
                    (Route route) -> !route.match().exact())
            .thenComparing(route -> route.match().exact()
                    ? 0
                    : -PathRewrites.withoutSlash(route.path()).length())
            .thenComparing(route -> route.match().method() == null)
            .thenComparing(route -> -route.match().headers().size())
            .thenComparing(route -> -route.match().query().size());

    private PathOrder() {}

    /** Sorted; those that are alike stay as they were. */
    static List<Route> sorted(List<Route> routes) {
        return routes.stream().sorted(ORDER).toList();
    }

    /** What a request must be like beside its host and the port at which it comes in; null for any. */
    static @Nullable Predicate wanted(Route route) {
        List<Predicate> all = new ArrayList<>();
        RouteMatch match = route.match();
        String prefix = PathRewrites.withoutSlash(route.path());
        if (match.exact()) {
            all.add(matching(":path", Patterns.path(route.path())));
        } else if (!prefix.isEmpty()) {
            all.add(matching(":path", Patterns.below(prefix)));
        }
        if (match.method() != null) {
            all.add(exactly(":method", match.method()));
        }
        match.headers().forEach((name, value) -> all.add(exactly(name.toLowerCase(Locale.ROOT), value)));
        match.query().forEach((name, value) -> {
            HttpRequestQueryParamMatchInput input = HttpRequestQueryParamMatchInput.newBuilder()
                    .setQueryParam(name)
                    .build();
            all.add(OnMatches.exactly(LaneInputs.input("query-params", input), value));
        });
        return all.isEmpty() ? null : OnMatches.all(all);
    }

    private static Predicate matching(String header, String regex) {
        return OnMatches.matching(LaneInputs.header(header, "request-headers"), regex);
    }

    private static Predicate exactly(String header, String value) {
        return OnMatches.exactly(LaneInputs.header(header, "request-headers"), value);
    }
}
