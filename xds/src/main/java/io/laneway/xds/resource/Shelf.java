package io.laneway.xds.resource;

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

    private static String service(String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? "" : name.substring(0, slash);
    }

    @Nullable
    Resource get(String name) {
        return services.getOrDefault(service(name), Map.of()).get(name);
    }

    @Nullable
    Resource put(Resource resource) {
        return services.computeIfAbsent(service(resource.name()), key -> new HashMap<>())
                .put(resource.name(), resource);
    }

    @Nullable
    Resource remove(String name) {
        Map<String, Resource> own = services.get(service(name));
        Resource removed = own == null ? null : own.remove(name);
        if (own != null && own.isEmpty()) {
            services.remove(service(name));
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
