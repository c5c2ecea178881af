package io.laneway.xds.resource;

import io.laneway.router.decision.Decision;
import io.laneway.router.model.route.Rewrite;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction.Redirect;
import io.laneway.router.model.route.RoutePart;
import io.laneway.router.table.PublishedState;
import java.util.List;
import java.util.Map;

/** What a gateway makes of a decision's route, written down slowly from the reference. */
final class Expected {

    private static final Map<Integer, Integer> CODES = Map.of(301, 0, 302, 1, 303, 2, 307, 3, 308, 4);

    private Expected() {}

    /** A random number with which an Envoy takes the part that the decision took. */
    static int chance(Decision<PublishedState, Void> decision) {
        if (decision.route() == null) {
            return 0;
        }
        List<RoutePart> parts = decision.route().route().action().split();
        long total = parts.stream().mapToLong(RoutePart::weight).sum();
        long before = 0;
        for (int i = 0; i < parts.size(); i++) {
            if (i == decision.routePart()) {
                return (int) ((2 * before + parts.get(i).weight()) * 1_000_000 / (2 * total));
            }
            before += parts.get(i).weight();
        }
        return 0;
    }

    /** What the endpoint gets. */
    static String target(Route route, Ask ask) {
        Rewrite rewrite = route.action().rewrite();
        if (rewrite != null && rewrite.changesPath()) {
            return changed(route, ask, rewrite.path(), rewrite.prefix());
        }
        return route.stripPrefix() ? changed(route, ask, null, "/") : ask.target();
    }

    private static String changed(Route route, Ask ask, String path, String prefix) {
        String query = ask.target().substring(ask.path().length());
        if (path != null) {
            return path + query;
        }
        String rest = ask.path().substring(route.path().replaceFirst("/+$", "").length());
        String changed = prefix.replaceFirst("/+$", "") + rest;
        return (changed.isEmpty() ? "/" : changed) + query;
    }

    /** Where a client of {@code http} is sent; default ports are not said. */
    static String location(Route route, Ask ask) {
        Redirect to = route.action().redirect();
        String scheme = to.scheme() == null ? "http" : to.scheme();
        String[] authority = ask.host().split(":");
        String own = authority.length > 1 && to.scheme() == null ? ":" + authority[1] : "";
        String port = to.port() == null ? own : ":" + to.port();
        boolean changes = to.path() != null || to.prefix() != null;
        String path = changes ? changed(route, ask, to.path(), to.prefix()) : ask.target();
        String host = to.host() == null ? authority[0] : to.host();
        return CODES.get(to.status()) + " " + scheme + "://" + host + port + path;
    }

    /** Whether an Envoy may leave out a port that a gateway keeps: it has none for another host. */
    static boolean dropsPort(Route route, Ask ask) {
        Redirect to = route.action().redirect();
        return to.host() != null && to.port() == null && ask.host().contains(":");
    }
}
