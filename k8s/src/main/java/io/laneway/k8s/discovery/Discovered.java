package io.laneway.k8s.discovery;

import io.laneway.k8s.backend.BackendTls;
import io.laneway.k8s.finding.Finding;
import io.laneway.k8s.host.HostClaim;
import io.laneway.k8s.host.HostClaims;
import io.laneway.k8s.host.HostOwners;
import io.laneway.router.model.Lane;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.source.DeploymentSource.Overlay;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything found so far, by Service. A change costs the logical service it belongs to, and those that share a host or
 * a lane's slug with it; the rest of the next overlay is the same objects as in the last. Confined to one thread.
 */
final class Discovered {

    private final Map<String, Found> byKey = new HashMap<>();
    private final Map<ServiceId, Map<String, Found>> members = new HashMap<>();
    private final Map<ServiceId, ServiceGroup> groups = new TreeMap<>();
    private final Map<ServiceId, List<Finding>> findings = new TreeMap<>();
    private final Set<ServiceId> dirty = new HashSet<>();
    private final LaneNames lanes;
    private final HostClaims hosts;
    private final Eldest eldest = new Eldest();
    private HostOwners owners = HostOwners.NONE;
    private BackendTls tls = BackendTls.NONE;
    private boolean hostsChanged;
    private List<String> named = List.of();
    private List<Lane> found = List.of();

    Discovered(DiscoveryRules rules) {
        this.lanes = new LaneNames(rules.base());
        this.hosts = new HostClaims(rules.hosts());
    }

    /** Sets what a Service contributes; null takes it out. */
    void put(String key, @Nullable Found found) {
        Found old = found == null ? byKey.remove(key) : byKey.put(key, found);
        if (found != null && found.equals(old)) {
            return;
        }
        if (old != null) {
            remove(key, old);
        }
        if (found != null) {
            add(key, found);
        }
        claims(old == null ? List.of() : old.claims(), found == null ? List.of() : found.claims());
    }

    /** Sets how Services are reached. */
    void reached(BackendTls now) {
        for (String key : tls.differing(now)) {
            Found found = byKey.get(key);
            if (found != null) {
                dirty.add(found.identity().service());
            }
        }
        tls = now;
    }

    private void remove(String key, Found old) {
        ServiceId id = old.identity().service();
        dirty.add(id);
        dirty.addAll(lanes.remove(old));
        Map<String, Found> group = members.getOrDefault(id, new HashMap<>());
        group.remove(key);
        if (group.isEmpty()) {
            members.remove(id);
            dirty.addAll(hosts.vanished(id));
        }
    }

    private void add(String key, Found found) {
        ServiceId id = found.identity().service();
        dirty.add(id);
        dirty.addAll(lanes.add(found));
        if (members.computeIfAbsent(id, any -> new HashMap<>()).put(key, found) == null) {
            dirty.addAll(hosts.appeared(id));
        }
    }

    private void claims(List<HostClaim> before, List<HostClaim> now) {
        if (!before.equals(now)) {
            before.forEach(claim -> dirty.addAll(hosts.remove(claim)));
            now.forEach(claim -> dirty.addAll(hosts.add(claim)));
            hostsChanged = true;
        }
    }

    /** The keys of all Services that contribute. */
    Set<String> keys() {
        return Set.copyOf(byKey.keySet());
    }

    /** What is found now, in order of service and lane. */
    Overlay overlay() {
        rebuild();
        if (named != lanes.lanes()) {
            named = lanes.lanes();
            found = named.stream().map(Lane::named).toList();
        }
        List<Service> services = new ArrayList<>(groups.size());
        groups.values().stream().filter(ServiceGroup::readable).forEach(group -> services.add(group.service()));
        return new Overlay(found, services, eldest.all());
    }

    /** What is wrong now, in order of object. */
    List<Finding> findings() {
        rebuild();
        return findings.values().stream().flatMap(List::stream).sorted().toList();
    }

    /** Who has which host now. */
    HostOwners owners() {
        rebuild();
        if (hostsChanged) {
            owners = hosts.owners();
            hostsChanged = false;
        }
        return owners;
    }

    private static @Nullable String created(Collection<Found> group) {
        return group.stream().map(Found::created).min(Comparator.naturalOrder()).orElse(null);
    }

    private void rebuild() {
        for (ServiceId id : dirty) {
            Map<String, Found> group = members.get(id);
            eldest.put(id, group == null ? null : created(group.values()));
            ServiceGroup now = group == null ? null : ServiceGroup.of(id, group.values(), lanes, hosts, tls);
            if (now == null) {
                groups.remove(id);
            } else {
                groups.put(id, now);
            }
            if (now == null || now.findings().isEmpty()) {
                findings.remove(id);
            } else {
                findings.put(id, now.findings());
            }
        }
        dirty.clear();
    }
}
