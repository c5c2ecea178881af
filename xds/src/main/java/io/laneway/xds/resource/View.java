package io.laneway.xds.resource;

import io.laneway.router.model.Carriers;
import io.laneway.xds.lane.CarrierMetadata;
import io.laneway.xds.lane.ClusterNames;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The resources that nodes with equal traits get. Confined to the thread of its world. */
public final class View {

    private final World world;
    private final Traits traits;
    private final VirtualHosts hosts;
    private long routesAt = -1;
    private List<EncodedHost> encoded = List.of();
    private @Nullable Resource routes;
    private @Nullable Resource listener;
    private @Nullable Carriers listenerOf;

    public View(World world, Traits traits) {
        this.world = world;
        this.traits = traits;
        this.hosts = new VirtualHosts(traits);
    }

    /** The resource of that name, null if there is none. */
    public @Nullable Resource get(ResourceType type, String name) {
        world.look();
        return switch (type) {
            case CLUSTER -> allowed(world.store().clusters(traits.dialect()).get(name));
            case ENDPOINTS -> allowed(world.store().endpoints().get(name));
            case SECRET -> allowed(world.store().secrets().get(name));
            case LISTENER ->
                traits.dialect() == Dialect.GRPC
                        ? world.store().listeners().get(name)
                        : name.equals(World.ROUTES) ? listener() : null;
            case ROUTES ->
                traits.dialect() == Dialect.GRPC
                        ? world.store().routes().get(name)
                        : name.equals(World.ROUTES) ? routes() : null;
        };
    }

    /** All resources of a type, for clients that name none. gRPC clients name all that they want. */
    public Collection<Resource> all(ResourceType type) {
        if (traits.dialect() == Dialect.GRPC) {
            return List.of();
        }
        return switch (type) {
            case CLUSTER -> world.store().clusters(Dialect.ENVOY).of(traits.services());
            case ENDPOINTS -> world.store().endpoints().of(traits.services());
            case SECRET -> world.store().secrets().of(traits.services());
            case LISTENER -> List.of(listener());
            case ROUTES -> List.of(routes());
        };
    }

    private @Nullable Resource allowed(@Nullable Resource resource) {
        if (resource == null || traits.services().isEmpty()) {
            return resource;
        }
        return traits.services().contains(ClusterNames.service(resource.name())) ? resource : null;
    }

    private Resource listener() {
        Carriers carriers = world.carriers();
        Resource made = listener;
        if (made == null || !carriers.equals(listenerOf)) {
            made = Resource.of(
                    ResourceType.LISTENER,
                    World.ROUTES,
                    Listeners.socket(
                            World.ROUTES,
                            Addresses.of(traits.listener()),
                            World.ROUTES,
                            traits.external(),
                            CarrierMetadata.filter(carriers, traits.external())));
            listener = made;
            listenerOf = carriers;
        }
        return made;
    }

    private Resource routes() {
        Resource made = routes;
        if (made == null || routesAt != world.generation()) {
            List<EncodedHost> now = hosts.of(world);
            if (made == null || !same(now, encoded)) {
                made = EncodedHost.routes(now);
            }
            encoded = now;
            routes = made;
            routesAt = world.generation();
        }
        return made;
    }

    @SuppressWarnings("ReferenceEquality") // hosts of services are kept as they are, others made again
    private static boolean same(List<EncodedHost> one, List<EncodedHost> other) {
        boolean same = one.size() == other.size();
        for (int i = 0; same && i < one.size(); i++) {
            same = one.get(i) == other.get(i);
        }
        return same;
    }
}
