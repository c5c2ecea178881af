package io.laneway.control.check;

import io.laneway.router.model.LaneTable;
import io.laneway.router.model.route.Route;
import io.laneway.router.source.LintSource.Finding;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Looks for routes that never match, since an earlier one has the same host and path. */
final class RouteLint {

    private RouteLint() {}

    static void look(LaneTable table, List<Finding> findings) {
        Map<List<Object>, Route> first = new HashMap<>();
        for (Route route : table.routes()) {
            List<String> hosts = route.hosts().isEmpty() ? List.of("any host") : route.hosts();
            for (String host : hosts) {
                List<Object> key = List.of(host.toLowerCase(Locale.ROOT), path(route.path()), route.match());
                Route earlier = first.putIfAbsent(key, route);
                if (earlier != null && !earlier.services().equals(route.services())) {
                    findings.add(new Finding(
                            "shadowed-route",
                            "route " + host + " " + route.path(),
                            "never reached: an earlier route sends the same to " + earlier.services()));
                }
            }
        }
    }

    private static String path(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
