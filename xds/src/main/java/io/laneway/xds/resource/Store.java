package io.laneway.xds.resource;

import io.laneway.router.model.service.ServiceId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Resources by name. What is the same object has not changed. Clusters, with their endpoints and secrets, outlive the routes to
 * them for a while, since clients take up routes later than they drop clusters. Confined to one thread.
 */
@SuppressWarnings("ReferenceEquality") // equal ones differ by their versions
final class Store {

    private final long lingerNanos;
    private final Map<Dialect, Shelf> clusters = new EnumMap<>(Dialect.class);
    private final Shelf endpoints = new Shelf();
    private final Shelf secrets = new Shelf();
    private final Map<String, Resource> listeners = new HashMap<>();
    private final Map<String, Resource> routes = new HashMap<>();
    /** Clusters that no service has any more, with when that was. */
    private final Map<String, Long> retired = new HashMap<>();

    Store(long lingerNanos) {
        this.lingerNanos = lingerNanos;
        for (Dialect dialect : Dialect.values()) {
            clusters.put(dialect, new Shelf());
        }
    }

    Shelf clusters(Dialect dialect) {
        return Objects.requireNonNull(clusters.get(dialect), "clusters");
    }

    Shelf endpoints() {
        return endpoints;
    }

    Shelf secrets() {
        return secrets;
    }

    Map<String, Resource> listeners() {
        return listeners;
    }

    Map<String, Resource> routes() {
        return routes;
    }

    /** Puts what services are now in the place of what they were. */
    void replace(
            Map<ServiceId, ServiceResources> before,
            Map<ServiceId, ServiceResources> now,
            long nanos,
            Changes changes) {
        before.forEach((id, old) -> {
            if (now.get(id) != old) {
                remove(old, now.get(id), nanos, changes);
            }
        });
        boolean hosts = !before.keySet().equals(now.keySet());
        for (ServiceResources service : now.values()) {
            ServiceResources old = before.get(service.id());
            if (old != service) {
                put(service, changes);
                hosts |= old == null
                        || old.target() != service.target()
                        || !Objects.equals(old.internal(), service.internal())
                        || !Objects.equals(old.external(), service.external());
            }
        }
        if (hosts) {
            changes.add(ResourceType.ROUTES, World.ROUTES);
        }
    }

    private void put(ServiceResources service, Changes changes) {
        service.clusters().keySet().forEach(retired::remove);
        put(clusters(Dialect.ENVOY), service.clusters(), changes);
        put(clusters(Dialect.GRPC), service.grpcClusters(), changes);
        put(secrets, service.secrets(), changes);
        put(endpoints, service.endpoints(), changes);
        put(listeners, service.listeners(), changes);
        put(routes, service.routes(), changes);
    }

    private static void put(Shelf all, Map<String, Resource> some, Changes changes) {
        some.values().forEach(resource -> noted(all.put(resource), resource, changes));
    }

    private static void noted(@Nullable Resource old, Resource resource, Changes changes) {
        if (old != resource && (old == null || !old.version().equals(resource.version()))) {
            changes.add(resource.type(), resource.name());
        }
    }

    private static void put(Map<String, Resource> all, Map<String, Resource> some, Changes changes) {
        some.forEach((name, resource) -> noted(all.put(name, resource), resource, changes));
    }

    private void remove(ServiceResources old, @Nullable ServiceResources now, long nanos, Changes changes) {
        for (String name : old.clusters().keySet()) {
            if (now == null || !now.clusters().containsKey(name)) {
                retired.put(name, nanos);
            }
        }
        for (String name : old.endpoints().keySet()) {
            boolean byName = now != null
                    && now.clusters().containsKey(name)
                    && !now.endpoints().containsKey(name);
            if (byName && endpoints.remove(name) != null) {
                changes.add(ResourceType.ENDPOINTS, name);
            }
        }
        for (String name : old.secrets().keySet()) {
            boolean without = now != null
                    && !now.secrets().containsKey(name)
                    && now.clusters().containsKey(Secrets.cluster(name));
            if (without && secrets.remove(name) != null) {
                changes.add(ResourceType.SECRET, name);
            }
        }
        remove(listeners, old.listeners(), now == null ? Map.of() : now.listeners(), changes);
        remove(routes, old.routes(), now == null ? Map.of() : now.routes(), changes);
    }

    private static void remove(
            Map<String, Resource> all, Map<String, Resource> old, Map<String, Resource> now, Changes changes) {
        old.forEach((name, resource) -> {
            if (!now.containsKey(name) && all.remove(name, resource)) {
                changes.add(resource.type(), name);
            }
        });
    }

    Changes sweep(long nanos) {
        Changes changes = new Changes();
        for (Iterator<Map.Entry<String, Long>> left = retired.entrySet().iterator(); left.hasNext(); ) {
            Map.Entry<String, Long> one = left.next();
            if (nanos - one.getValue() >= lingerNanos) {
                left.remove();
                clusters(Dialect.ENVOY).remove(one.getKey());
                clusters(Dialect.GRPC).remove(one.getKey());
                endpoints.remove(one.getKey());
                for (String secret : Secrets.names(one.getKey())) {
                    if (secrets.remove(secret) != null) {
                        changes.add(ResourceType.SECRET, secret);
                    }
                }
                changes.add(ResourceType.CLUSTER, one.getKey());
                changes.add(ResourceType.ENDPOINTS, one.getKey());
            }
        }
        return changes;
    }
}
