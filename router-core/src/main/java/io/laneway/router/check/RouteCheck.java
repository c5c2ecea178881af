package io.laneway.router.check;

import io.laneway.router.model.Route;
import java.util.List;

/** Checks routes: hosts, paths, and that their services exist. */
final class RouteCheck {

    private RouteCheck() {}

    static void check(List<Route> routes, Names names, Findings findings) {
        for (int i = 0; i < routes.size(); i++) {
            Route route = routes.get(i);
            String path = "routes[" + i + "]";
            for (int h = 0; h < route.hosts().size(); h++) {
                Hosts.check(route.hosts().get(h), path + ".hosts[" + h + "]", findings);
            }
            if (route.path().chars().anyMatch(c -> c <= ' ' || c == '?' || c == '#' || c == 0x7F)) {
                findings.add(
                        path + ".path",
                        "'" + route.path().replaceAll("\\p{Cntrl}", "?") + "'",
                        "a path without query, fragment or white space");
            }
            if (!names.hasService(route.service())) {
                findings.add(
                        path + ".service",
                        "no service '" + route.service() + "'",
                        "name or name.namespace of a service");
            }
        }
    }
}
