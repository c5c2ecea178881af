package io.laneway.control.table;

import io.laneway.router.model.Lane;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.source.DeploymentSource.Overlay;
import io.laneway.router.source.DiscoveredNames;
import io.laneway.router.text.Slug;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges what discovery found into the table that was edited. What was edited wins: a lane or deployment that the
 * table has is kept, a host that a service has stays with it, a deployment for a lane that is not known is left
 * out. So a sound table stays sound whatever was found. What joined is laid over the result: {@link JoinOverlay}.
 */
public final class OverlayMerge {

    private OverlayMerge() {}

    /**
     * The table with every overlay, in the order given. Services that no overlay names, and those whose parts are the same
     * instances as before, are the same instances: a change costs what changed.
     *
     * @param before a state that this one follows, null for none
     */
    public static TableObjects merge(TableObjects table, Map<String, Overlay> bySource, @Nullable TableState before) {
        Collection<Overlay> overlays = JoinOverlay.found(bySource).values();
        Collection<Overlay> joined = JoinOverlay.joined(bySource);
        if (joined.isEmpty()
                && overlays.stream()
                        .allMatch(o -> o.lanes().isEmpty() && o.services().isEmpty())) {
            return table;
        }
        Map<String, Lane> lanes = new LinkedHashMap<>(table.lanes());
        overlays.forEach(overlay -> overlay.lanes().forEach(lane -> lanes.putIfAbsent(Slug.of(lane.name()), lane)));
        joined.forEach(overlay -> overlay.lanes().forEach(lane -> lanes.putIfAbsent(Slug.of(lane.name()), lane)));
        lanes.replaceAll((slug, lane) -> table.lanes().containsKey(slug) ? lane : grounded(lane, table));
        Set<String> known = new HashSet<>(lanes.keySet());
        known.add(Slug.of(table.base()));
        Map<ServiceId, ServiceId> names = DiscoveredNames.of(table.services().values(), overlays);
        MergedServices merged = MergedServices.of(table, overlays, names, lanes.keySet(), before);
        Map<ServiceId, Service> services = renamed(table.services(), names);
        Set<String> hosts = new HashSet<>();
        table.services()
                .values()
                .forEach(service -> service.hosts().forEach(host -> hosts.add(MergedServices.host(host))));
        for (Overlay overlay : overlays) {
            for (Service found : overlay.services()) {
                Service same = merged.same(found, services.get(found.id()), hosts);
                if (same != null) {
                    found.hosts().forEach(host -> hosts.add(MergedServices.host(host)));
                    services.put(found.id(), same);
                } else {
                    services.merge(found.id(), fresh(found), (old, f) -> old);
                    services.computeIfPresent(found.id(), (id, now) -> merge(now, found, known, hosts));
                }
            }
        }
        JoinOverlay.place(joined, services, known, before);
        return new TableObjects(
                table.base(),
                table.carriers(),
                lanes,
                services,
                renamed(table.routes(), names),
                table.shifts(),
                table.recordings());
    }

    /** The services under the names that they were found with. */
    private static Map<ServiceId, Service> renamed(Map<ServiceId, Service> services, Map<ServiceId, ServiceId> names) {
        if (names.isEmpty()) {
            return new LinkedHashMap<>(services);
        }
        Map<ServiceId, Service> renamed = new LinkedHashMap<>();
        services.forEach((id, service) -> {
            ServiceId name = names.getOrDefault(id, id);
            renamed.put(name, name.equals(id) ? service : named(service, name));
        });
        return renamed;
    }

    private static Service named(Service service, ServiceId name) {
        return new Service(name, service.hosts(), service.shift(), service.deployments(), service.policy());
    }

    private static List<Route> renamed(List<Route> routes, Map<ServiceId, ServiceId> names) {
        return names.isEmpty()
                ? routes
                : routes.stream()
                        .map(route -> route.renamed(name -> names.getOrDefault(name, name)))
                        .toList();
    }

    /** A found lane hangs below an edited lane or the base lane, never below another found one: so no cycle can be. */
    private static Lane grounded(Lane lane, TableObjects table) {
        String parent = lane.parent();
        if (parent == null || table.isBase(parent) || table.lane(parent) != null) {
            return lane;
        }
        return new Lane(
                lane.name(), null, lane.mode(), lane.description(), lane.expiresAt(), lane.keep(), lane.state());
    }

    private static Service fresh(Service found) {
        return new Service(found.id(), List.of(), found.shift(), List.of(), found.policy());
    }

    private static Service merge(Service now, Service found, Set<String> lanes, Set<String> hosts) {
        List<String> allHosts = new ArrayList<>(now.hosts());
        found.hosts().stream()
                .filter(host -> hosts.add(MergedServices.host(host)))
                .forEach(allHosts::add);
        List<Deployment> deployments = new ArrayList<>(now.deployments());
        Set<String> served = new HashSet<>();
        now.deployments().forEach(d -> served.add(Slug.of(d.lane())));
        for (Deployment deployment : found.deployments()) {
            String lane = Slug.of(deployment.lane());
            if (lanes.contains(lane) && served.add(lane)) {
                deployments.add(deployment);
            }
        }
        return new Service(now.id(), allHosts, now.shift(), deployments, now.policy());
    }
}
