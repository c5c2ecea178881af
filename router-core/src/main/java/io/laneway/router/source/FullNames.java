package io.laneway.router.source;

import io.laneway.router.model.Service;
import io.laneway.router.model.ServiceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells which service of a table, named without a namespace, is which found one: the one of its name, where only one
 * namespace has that name. Pure.
 */
public final class FullNames {

    private FullNames() {}

    /**
     * The found name of each service of the table that has another one, by its name in the table.
     *
     * @param own   services of the table
     * @param found services found by any source
     */
    public static Map<ServiceId, ServiceId> of(Collection<Service> own, Collection<Service> found) {
        Map<String, Set<ServiceId>> namespaced = new HashMap<>();
        Set<ServiceId> bare = new HashSet<>();
        for (Service service : found) {
            sort(service.id(), namespaced, bare);
        }
        Set<ServiceId> foundBare = Set.copyOf(bare);
        Set<ServiceId> owned = new HashSet<>();
        for (Service service : own) {
            owned.add(service.id());
            sort(service.id(), namespaced, bare);
        }
        Map<ServiceId, ServiceId> names = new HashMap<>();
        for (ServiceId id : owned) {
            Set<ServiceId> all = namespaced.getOrDefault(id.name(), Set.of());
            if (id.namespace() == null && !foundBare.contains(id) && all.size() == 1) {
                ServiceId full = all.iterator().next();
                if (!owned.contains(full)) {
                    names.put(id, full);
                }
            }
        }
        return names;
    }

    private static void sort(ServiceId id, Map<String, Set<ServiceId>> namespaced, Set<ServiceId> bare) {
        if (id.namespace() == null) {
            bare.add(id);
        } else {
            namespaced.computeIfAbsent(id.name(), any -> new TreeSet<>()).add(id);
        }
    }
}
