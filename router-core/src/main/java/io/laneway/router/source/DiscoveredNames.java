package io.laneway.router.source;

import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.source.DeploymentSource.Overlay;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells which service of a table, named without a namespace, is which found one: the one of its name, and where several
 * namespaces have that name the one that was there first, so that a newcomer takes nothing over. Pure.
 */
public final class DiscoveredNames {

    private DiscoveredNames() {}

    /**
     * The found name of each service of the table that has another one, by its name in the table.
     *
     * @param own   services of the table
     * @param found what any source found
     */
    public static Map<ServiceId, ServiceId> of(Collection<Service> own, Collection<Overlay> found) {
        Set<ServiceId> owned = new HashSet<>();
        Map<String, Set<ServiceId>> namesakes = new HashMap<>();
        for (Service service : own) {
            owned.add(service.id());
            if (service.id().namespace() == null) {
                namesakes.put(service.id().name(), new TreeSet<>());
            }
        }
        if (namesakes.isEmpty()) {
            return Map.of();
        }
        Set<ServiceId> foundBare = new HashSet<>();
        Set<ServiceId> eldest = new HashSet<>();
        owned.forEach(id -> sort(id, namesakes));
        for (Overlay overlay : found) {
            for (Service service : overlay.services()) {
                if (service.id().namespace() == null) {
                    foundBare.add(service.id());
                }
                sort(service.id(), namesakes);
            }
            eldest.addAll(overlay.eldest());
        }
        Map<ServiceId, ServiceId> names = new HashMap<>();
        for (ServiceId id : owned) {
            if (id.namespace() == null && !foundBare.contains(id)) {
                ServiceId full = first(namesakes.getOrDefault(id.name(), Set.of()), eldest);
                if (full != null && !owned.contains(full)) {
                    names.put(id, full);
                }
            }
        }
        return names;
    }

    /** The only one, or the only one that a source found first; null if that is none or several. */
    private static @Nullable ServiceId first(Set<ServiceId> all, Set<ServiceId> eldest) {
        if (all.size() > 1) {
            all.retainAll(eldest);
        }
        return all.size() == 1 ? all.iterator().next() : null;
    }

    private static void sort(ServiceId id, Map<String, Set<ServiceId>> namesakes) {
        Set<ServiceId> all = id.namespace() == null ? null : namesakes.get(id.name());
        if (all != null) {
            all.add(id);
        }
    }
}
