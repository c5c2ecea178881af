package io.laneway.xds.resource;

import io.laneway.router.model.LaneTable;
import io.laneway.router.model.route.Route;
import io.laneway.router.policy.Access;
import io.laneway.router.source.LintSource.Finding;
import io.laneway.xds.route.Domains;
import java.util.ArrayList;
import java.util.List;

/** What routes of a table ask for that xDS cannot say. Stateless. docs/decisions/0401. */
final class RouteFindings {

    private RouteFindings() {}

    static List<Finding> of(LaneTable table, Domains domains) {
        List<Finding> findings = new ArrayList<>();
        int inside = 0;
        for (int i = 0; i < table.routes().size(); i++) {
            Route route = table.routes().get(i);
            String place = "routes[" + i + "]";
            Access access = route.action().access();
            if (access != null && !access.open()) {
                findings.add(new Finding(
                        Unsaid.REFUSED,
                        place,
                        "access: not to be said in xDS, so its clients refuse requests of this route (expected: a"
                                + " gateway in front of it)"));
            }
            if (route.match().tls()) {
                findings.add(new Finding(
                        Unsaid.LEFT_OUT,
                        place,
                        "match.tls: Envoys get no listener by server name (expected: a gateway)"));
                continue;
            }
            if (route.action().cors() != null) {
                findings.add(new Finding(
                        Unsaid.LEFT_OUT, place, "cors: not to be said in xDS, so its clients get this route without"));
            }
            if (route.action().mirrors().stream().anyMatch(mirror -> mirror.lane() != null)) {
                findings.add(new Finding(
                        Unsaid.LEFT_OUT,
                        place,
                        "mirrors with a lane: copies cannot be stamped with a lane of their own in xDS, so its clients"
                                + " make none (expected: mirrors without a lane, which go by the request's own)"));
            }
            inside += domains.ofOurOwn(route.hosts()) ? 1 : 0;
        }
        if (inside > 0) {
            findings.add(new Finding(
                    Unsaid.LEFT_OUT,
                    "routes",
                    inside
                            + " routes have a host by which gRPC clients of xDS call a service, or any: these clients"
                            + " get the service without them; Envoys have them"));
        }
        return findings;
    }
}
