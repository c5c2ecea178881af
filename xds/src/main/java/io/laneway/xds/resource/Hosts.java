package io.laneway.xds.resource;

import io.laneway.router.model.LaneTable;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.xds.host.Domains;
import io.laneway.xds.host.HostPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The hosts of a table, and which of them have routes. Made again when services, hosts, routes or host patterns change. Confined to one thread. */
final class Hosts {

    private record Listener(boolean external, int port) {}

    private final LaneTable table;
    private final Domains domains;
    private final boolean byPort;
    private final Map<Listener, HostPlan> plans = new HashMap<>();

    Hosts(LaneTable table) {
        this.table = table;
        this.domains = Domains.of(table);
        this.byPort = table.routes().stream()
                .map(Route::match)
                .anyMatch(match -> !match.ports().isEmpty());
    }

    /** Whether these are the hosts of another table as well. */
    boolean areOf(LaneTable other) {
        boolean same = table.services().size() == other.services().size()
                && table.routes().equals(other.routes())
                && table.carriers().host().equals(other.carriers().host());
        for (int i = 0; same && i < other.services().size(); i++) {
            Service old = table.services().get(i);
            Service service = other.services().get(i);
            same = old.id().equals(service.id()) && old.hosts().equals(service.hosts());
        }
        return same;
    }

    Domains domains() {
        return domains;
    }

    /** The plan of a listener. */
    HostPlan plan(boolean external, int port) {
        return plans.computeIfAbsent(
                new Listener(external, byPort ? port : 0),
                listener -> HostPlan.of(table, domains, listener.external(), listener.port()));
    }

    /** The hosts of a service that have no routes, whatever the port. */
    List<String> plain(ServiceId service, boolean external) {
        return plan(external, 0).plain(service);
    }
}
