package io.laneway.k8s.discovery;

import io.laneway.router.model.Lane;
import io.laneway.router.model.Service;
import io.laneway.router.model.ServiceId;
import io.laneway.router.source.DeploymentSource.Overlay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything found so far, by Service. A change costs the logical service it belongs to; the rest of the next overlay
 * is the same objects as in the last. Confined to one thread.
 */
final class Discovered {

    private final String base;
    private final Map<String, Found> byKey = new HashMap<>();
    private final Map<ServiceId, Map<String, Found>> members = new TreeMap<>();
    private final Map<ServiceId, ServiceGroup> groups = new TreeMap<>();
    private final Set<ServiceId> dirty = new HashSet<>();
    private LaneNames lanes = new LaneNames(Map.of());

    Discovered(String base) {
        this.base = base;
    }

    /** Sets what a Service contributes; null takes it out. */
    void put(String key, @Nullable Found found) {
        Found old = found == null ? byKey.remove(key) : byKey.put(key, found);
        if (found != null && found.equals(old)) {
            return;
        }
        if (old != null) {
            ServiceId id = old.identity().service();
            Map<String, Found> group = members.getOrDefault(id, new HashMap<>());
            group.remove(key);
            if (group.isEmpty()) {
                members.remove(id);
            }
            dirty.add(id);
        }
        if (found != null) {
            ServiceId id = found.identity().service();
            members.computeIfAbsent(id, any -> new HashMap<>()).put(key, found);
            dirty.add(id);
        }
    }

    /** The keys of all Services that contribute. */
    Set<String> keys() {
        return Set.copyOf(byKey.keySet());
    }

    /** What is found now, in order of service and lane. */
    Overlay overlay() {
        rebuild();
        List<Lane> named = new ArrayList<>();
        lanes.without(base).forEach(lane -> named.add(Lane.named(lane)));
        List<Service> services = new ArrayList<>(groups.size());
        groups.values().forEach(group -> services.add(group.service()));
        return new Overlay(named, services);
    }

    /** What is wrong now, in order of object. */
    List<Finding> findings() {
        rebuild();
        return groups.values().stream()
                .flatMap(group -> group.findings().stream())
                .sorted()
                .toList();
    }

    private void rebuild() {
        if (dirty.isEmpty()) {
            return;
        }
        LaneNames now = LaneNames.of(byKey.values(), base);
        if (!now.bySlug().entrySet().containsAll(lanes.bySlug().entrySet())) {
            // A slug changed hands or went: whoever lost or won by it may stand in any service.
            dirty.addAll(members.keySet());
        }
        lanes = now;
        for (ServiceId id : dirty) {
            Map<String, Found> group = members.get(id);
            if (group == null) {
                groups.remove(id);
            } else {
                groups.put(id, ServiceGroup.of(id, group.values(), lanes));
            }
        }
        dirty.clear();
    }
}
