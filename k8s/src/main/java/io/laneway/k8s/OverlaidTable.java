package io.laneway.k8s;

import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.source.DeploymentSource.Overlay;
import io.laneway.router.source.DiscoveredNames;
import io.laneway.router.text.Slug;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Lays what was found over a lane table, as {@link Overlay} says. Pure; services that it does not touch stay the same
 * objects.
 */
final class OverlaidTable {

    private OverlaidTable() {}

    static LaneTable of(LaneTable own, Overlay found, long revision) {
        Map<String, Lane> lanes = new LinkedHashMap<>();
        own.lanes().forEach(lane -> lanes.put(Slug.of(lane.name()), lane));
        found.lanes().forEach(lane -> lanes.putIfAbsent(Slug.of(lane.name()), lane));
        lanes.remove(Slug.of(own.base()));
        Map<ServiceId, ServiceId> names = DiscoveredNames.of(own.services(), List.of(found));
        Map<ServiceId, Service> services = new LinkedHashMap<>();
        Set<String> hosts = new HashSet<>();
        for (Service service : own.services()) {
            ServiceId id = names.getOrDefault(service.id(), service.id());
            services.put(id, id.equals(service.id()) ? service : renamed(service, id));
            service.hosts().forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
        }
        for (Service one : found.services()) {
            services.compute(one.id(), (id, old) -> old == null ? alone(one, hosts) : merged(old, one, hosts));
        }
        List<Route> routes = own.routes().stream()
                .map(route -> route.renamed(id -> names.getOrDefault(id, id)))
                .toList();
        return new LaneTable(
                revision,
                own.base(),
                own.carriers(),
                List.copyOf(lanes.values()),
                List.copyOf(services.values()),
                routes,
                own.shifts(),
                own.recordings());
    }

    private static Service renamed(Service service, ServiceId id) {
        return new Service(id, service.hosts(), service.shift(), service.deployments(), service.policy());
    }

    private static Service alone(Service found, Set<String> hosts) {
        List<String> free = free(found.hosts(), hosts);
        return free.size() == found.hosts().size()
                ? found
                : new Service(found.id(), free, found.shift(), found.deployments(), found.policy());
    }

    private static Service merged(Service own, Service found, Set<String> hosts) {
        List<String> all = new ArrayList<>(own.hosts());
        all.addAll(free(found.hosts(), hosts));
        List<Deployment> deployments = new ArrayList<>(own.deployments());
        Set<String> served = new HashSet<>();
        own.deployments().forEach(one -> served.add(Slug.of(one.lane())));
        found.deployments().stream()
                .filter(one -> served.add(Slug.of(one.lane())))
                .forEach(deployments::add);
        return new Service(own.id(), all, own.shift(), deployments, own.policy());
    }

    private static List<String> free(List<String> hosts, Set<String> taken) {
        return hosts.stream()
                .filter(host -> taken.add(host.toLowerCase(Locale.ROOT)))
                .toList();
    }
}
