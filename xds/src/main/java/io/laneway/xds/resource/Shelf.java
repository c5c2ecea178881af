package io.laneway.xds.resource;

import io.laneway.xds.lane.ClusterNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Resources whose names begin with their service and a slash, by service and name, so that what some services have costs nothing
 * of what all have. Confined to one thread.
 */
final class Shelf {

    private final Map<String, Map<String, Resource>> services = new HashMap<>();

    @Nullable
    Resource get(String name) {
        return services.getOrDefault(ClusterNames.service(name), Map.of()).get(name);
    }

    @Nullable
    Resource put(Resource resource) {
        return services.computeIfAbsent(ClusterNames.service(resource.name()), key -> new HashMap<>())
                .put(resource.name(), resource);
    }

    @Nullable
    Resource remove(String name) {
        Map<String, Resource> own = services.get(ClusterNames.service(name));
        Resource removed = own == null ? null : own.remove(name);
        if (own != null && own.isEmpty()) {
            services.remove(ClusterNames.service(name));
        }
        return removed;
    }

    /** The resources of some services; of all where none is named. */
    Collection<Resource> of(Set<String> wanted) {
        List<Resource> all = new ArrayList<>();
        if (wanted.isEmpty()) {
            services.values().forEach(own -> all.addAll(own.values()));
        } else {
            wanted.forEach(service ->
                    all.addAll(services.getOrDefault(service, Map.of()).values()));
        }
        return all;
    }
}
