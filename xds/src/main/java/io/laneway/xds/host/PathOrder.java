package io.laneway.xds.host;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.xds.lane.LaneInputs;
import io.laneway.xds.words.OnMatches;
import io.laneway.xds.words.Patterns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Routes of one host in the order in which the first that wants a request gets it, and what each wants. Stateless.
 * docs/reference/table.md#routes.
 */
public final class PathOrder {

    private static final Comparator<Route> ORDER = Comparator.comparing(PathOrder::kind)
            .thenComparing(PathOrder::shortness)
            .thenComparing(route -> route.match().method() == null)
            .thenComparing(route -> -headers(route.match()))
            .thenComparing(route -> -parameters(route.match()));

    private PathOrder() {}

    /** Exact paths, then expressions, then prefixes. */
    private static int kind(Route route) {
        return route.match().exact() ? 0 : route.match().regex().path() == null ? 2 : 1;
    }

    private static int shortness(Route route) {
        String expression = route.match().regex().path();
        if (route.match().exact()) {
            return 0;
        }
        return -(expression == null ? PathRewrites.withoutSlash(route.path()) : expression).length();
    }

    private static int headers(RouteMatch match) {
        return match.headers().size() + match.regex().headers().size();
    }

    private static int parameters(RouteMatch match) {
        return match.query().size() + match.regex().query().size();
    }

    /** Sorted; those that are alike stay as they were. */
    public static List<Route> sorted(List<Route> routes) {
        return routes.stream().sorted(ORDER).toList();
    }

    /** Whether a matcher can take exactly the requests that a route wants; else it takes all that the route may want. */
    public static boolean isSaid(Route route) {
        String expression = route.match().regex().path();
        return expression == null || PathExpressions.overTarget(expression) != null;
    }

    /** What a request must be like beside its host and the port at which it comes in; null for any. */
    public static @Nullable Predicate wanted(Route route) {
        List<Predicate> all = new ArrayList<>();
        RouteMatch match = route.match();
        String prefix = PathRewrites.withoutSlash(route.path());
        String expression = match.regex().path();
        String target = expression == null ? null : PathExpressions.overTarget(expression);
        if (target != null) {
            all.add(OnMatches.matching(header(":path"), target));
        } else if (match.exact()) {
            all.add(OnMatches.matching(header(":path"), Patterns.path(route.path())));
        } else if (!prefix.isEmpty()) {
            all.add(OnMatches.matching(header(":path"), Patterns.below(prefix)));
        }
        if (match.method() != null) {
            all.add(OnMatches.exactly(header(":method"), match.method()));
        }
        match.headers().forEach((name, value) -> all.add(OnMatches.exactly(header(name), value)));
        match.regex().headers().forEach((name, value) -> all.add(OnMatches.matching(header(name), value)));
        match.query().forEach((name, value) -> all.add(OnMatches.exactly(LaneInputs.ofParameter(name), value)));
        match.regex()
                .query()
                .forEach((name, value) -> all.add(OnMatches.matching(LaneInputs.ofParameter(name), value)));
        return all.isEmpty() ? null : OnMatches.all(all);
    }

    private static TypedExtensionConfig header(String name) {
        return LaneInputs.ofHeader(name.toLowerCase(Locale.ROOT));
    }
}
