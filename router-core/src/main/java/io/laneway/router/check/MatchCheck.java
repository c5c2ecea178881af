package io.laneway.router.check;

import io.laneway.router.model.LaneTable;
import io.laneway.router.model.route.Route;
import io.laneway.router.policy.Cors;
import io.laneway.router.text.NormalPath;
import io.laneway.router.text.Origin;
import java.util.Locale;
import java.util.Set;

/**
 * Looks for values that are compared with requests and that none can have: methods in lower case, paths that are not in
 * their normal form, origins that no browser sends. Stateless.
 */
final class MatchCheck {

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT");

    private MatchCheck() {}

    static void check(LaneTable table, PathProblems findings) {
        for (int i = 0; i < table.routes().size(); i++) {
            route(table.routes().get(i), findings.below("routes[" + i + "]"));
        }
        for (int i = 0; i < table.services().size(); i++) {
            Cors cors = table.services().get(i).policy().cors();
            if (cors != null) {
                cors(cors, findings.below("services[" + i + "].policy.cors"));
            }
        }
        for (int i = 0; i < table.recordings().size(); i++) {
            String path = table.recordings().get(i).path();
            if (path != null && path.chars().anyMatch(c -> c <= ' ' || c == '#' || c == 0x7F)) {
                findings.below("recordings[" + i + "]")
                        .add("path", shown(path), "a path without fragment or white space");
            }
        }
    }

    private static void route(Route route, PathProblems at) {
        String method = route.match().method();
        if (method != null) {
            known(method, "match.method", at);
        }
        Cors cors = route.action().cors();
        if (cors != null) {
            cors(cors, at.below("cors"));
        }
        if (!RouteCheck.isPath(route.path())) {
            return;
        }
        String normal = NormalPath.of(route.path());
        if (normal == null) {
            at.add("path", shown(route.path()) + ", which gateways refuse", "a path in normal form");
        } else if (!normal.equals(route.path())) {
            at.add("path", shown(route.path()) + ", which no request has when it is routed", "'" + normal + "'");
        }
    }

    private static void cors(Cors cors, PathProblems at) {
        for (int i = 0; i < cors.origins().size(); i++) {
            String origin = cors.origins().get(i);
            String sample = origin.replaceFirst("://\\*(?=[.:]|$)", "://any");
            String normal = Origin.normal(sample);
            if (!sample.equals(normal)) {
                at.add("origins[" + i + "]", shown(origin), normal == null ? Origin.FORM : normal);
            }
        }
        for (int i = 0; i < cors.methods().size(); i++) {
            HeaderCheck.token(cors.methods().get(i), "methods[" + i + "]", at);
            known(cors.methods().get(i), "methods[" + i + "]", at);
        }
        for (int i = 0; i < cors.expose().size(); i++) {
            HeaderCheck.token(cors.expose().get(i), "expose[" + i + "]", at);
        }
        for (int i = 0; i < cors.headers().size(); i++) {
            HeaderCheck.token(cors.headers().get(i), "headers[" + i + "]", at);
        }
    }

    /** Methods are compared with case (RFC 9110 section 9.1); words other than the known ones may be of any. */
    private static void known(String method, String path, PathProblems at) {
        String upper = method.toUpperCase(Locale.ROOT);
        if (METHODS.contains(upper) && !upper.equals(method)) {
            at.add(path, shown(method), upper);
        }
    }

    private static String shown(String text) {
        return "'" + text.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
