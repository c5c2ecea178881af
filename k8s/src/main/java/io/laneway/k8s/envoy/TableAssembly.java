package io.laneway.k8s.envoy;

import io.laneway.router.document.tree.Node;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import io.laneway.router.text.Slug;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts virtual hosts together into a lane table. Confined to one thread; use once. */
final class TableAssembly {

    private static final String BASE = LaneTable.DEFAULT_BASE;

    private final Findings findings;
    private final Node root;
    private final Map<String, String> laneBySlug = new LinkedHashMap<>();
    private final List<Service> services = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final Set<String> names = new LinkedHashSet<>();

    TableAssembly(Findings findings, Node root) {
        this.findings = findings;
        this.root = root;
    }

    LaneTable table(List<VirtualHost> hosts) {
        Set<Marker> markers = new LinkedHashSet<>();
        for (VirtualHost host : hosts) {
            host.paths().values().forEach(branches -> add(host, branches));
            markers.addAll(host.markers());
        }
        List<Lane> lanes = new ArrayList<>();
        laneBySlug.values().forEach(name -> lanes.add(Lane.named(name)));
        return new LaneTable(0, BASE, carriers(markers), lanes, services, routes, List.of());
    }

    private void add(VirtualHost host, Branches branches) {
        ServiceId id = ServiceId.of(unique(host.name(), branches.path()));
        List<Deployment> deployments = new ArrayList<>();
        Target base = branches.base();
        if (base == null) {
            findings.difference(
                    branches.rule(""),
                    "no rule without a lane for service '" + id + "'",
                    "one: other requests get 503");
        } else {
            deployments.add(base.in(BASE));
        }
        branches.lanes().forEach((lane, target) -> {
            if (!Slug.of(lane).equals(Slug.of(BASE))) {
                deployments.add(target.in(laneBySlug.computeIfAbsent(Slug.of(lane), slug -> lane)));
            } else if (!target.equals(base)) {
                findings.unexpressed(
                        root, "lane '" + lane + "' of '" + id + "' is not its rule without a lane", "another name");
            }
        });
        services.add(new Service(id, List.of(), null, deployments, Policy.DEFAULT));
        routes.add(new Route(host.hosts(), branches.path(), id, branches.stripPrefix()));
    }

    private String unique(String host, String path) {
        String slug = Slug.of(host + (path.equals("/") ? "" : path));
        String name = slug.isEmpty() ? "service" : slug;
        String free = name;
        for (int i = 2; !names.add(free); i++) {
            free = name + "-" + i;
        }
        return free;
    }

    /** Only where the rules looked: a request that no rule looked at for a lane has none. */
    private Carriers carriers(Set<Marker> markers) {
        Set<String> headers = new LinkedHashSet<>();
        Set<String> queries = new LinkedHashSet<>();
        markers.forEach(marker -> (marker.header() ? headers : queries).add(marker.name()));
        if (headers.size() + queries.size() > 1) {
            findings.difference(
                    root,
                    "lanes from " + String.join(", ", headers) + " " + String.join(", ", queries)
                            + ": the first that is present counts, for every service",
                    "one header or query parameter");
        }
        return new Carriers(List.copyOf(headers), List.copyOf(queries), List.of(), List.of(), List.of());
    }
}
