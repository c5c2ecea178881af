package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.object.Meta;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the gateways at the edge are reached: by Services that all our Gateways share, or by one for each Gateway where the
 * edge's own says which ports its gateways have to spare. Made for one reconciliation. Immutable.
 *
 * @param shared the edge's own Services
 * @param own    those of the Gateways, null where they share
 * @param places where any of our Gateways' listeners is reached
 * @param ports  which ports of the gateways are those of shared listeners
 */
public record Edge(List<Service> shared, @Nullable OwnServices own, Set<Place> places, EdgePorts ports) {

    /**
     * Where a listener is reached. Immutable.
     *
     * @param gateway empty where all Gateways share
     */
    public record Place(String gateway, int port) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int order = gateway.compareTo(other.gateway);
            return order == 0 ? Integer.compare(port, other.port) : order;
        }
    }

    /** Reads the edge's Services, and makes those that Gateways are to have for themselves. Blocks. */
    public static Edge read(KubernetesClient client, Collection<Gateway> ours) {
        List<Service> shared = client.services()
                .inAnyNamespace()
                .withLabels(Addresses.LABELS)
                .list()
                .getItems();
        OwnServices own = shared.stream()
                .filter(OwnServices::isOffered)
                .findFirst()
                .map(one -> OwnServices.keep(client, one, ours))
                .orElse(null);
        Set<Place> places = new HashSet<>();
        for (Gateway gateway : ours) {
            for (Listener listener : gateway.getSpec().getListeners()) {
                if (Listeners.serves(gateway, listener)) {
                    places.add(new Place(own == null ? "" : Meta.key(gateway), listener.getPort()));
                }
            }
        }
        boolean named = own == null && places.size() > 1;
        return new Edge(shared, own, places, named ? EdgePorts.read(client, shared) : new EdgePorts(Map.of()));
    }

    public Edge {
        shared = List.copyOf(shared);
        places = Set.copyOf(places);
    }

    /** False if something is to be looked at again soon. */
    public boolean settled() {
        return own == null || own.settled();
    }

    /** Where a Gateway's listener at a port is reached. */
    public Place place(String gateway, int port) {
        return new Place(own == null ? "" : gateway, port);
    }

    /** The gateways' own ports for some places; none where these are the places of every listener. */
    public List<Integer> portsOf(Collection<Place> some) {
        return some.containsAll(places)
                ? List.of()
                : some.stream()
                        .sorted()
                        .flatMap(place -> portsOf(place).stream())
                        .distinct()
                        .toList();
    }

    private Set<Integer> portsOf(Place place) {
        if (own == null) {
            return ports.of(place.port());
        }
        Service service = own.of(place.gateway());
        Integer target = service == null ? null : OwnServices.targets(service).get(place.port());
        // Where no port of the gateways is left the listener's own number is one that no gateway listens on for it.
        return target == null ? Set.of(place.port()) : Set.of(target);
    }

    /** Whether clients reach the gateways at the port of a Gateway's listener: true where no Service of the edge is known. */
    boolean reaches(String gateway, int port) {
        if (own == null) {
            return shared.isEmpty()
                    || shared.stream()
                            .flatMap(one -> one.getSpec().getPorts().stream())
                            .anyMatch(one -> one.getPort() == port);
        }
        Service service = own.of(gateway);
        return service != null && OwnServices.targets(service).containsKey(port);
    }

    /** Whether there is a Service by which Gateways are reached. */
    boolean isKnown() {
        return own != null || !shared.isEmpty();
    }

    /** The Service by which a Gateway is reached; null if none is known. */
    @Nullable
    Service service(String gateway) {
        return own != null ? own.of(gateway) : shared.isEmpty() ? null : shared.get(0);
    }

    Addresses addresses(String gateway) {
        if (own == null) {
            return Addresses.of(shared, null);
        }
        Service service = own.of(gateway);
        return Addresses.of(service == null ? List.of() : List.of(service), own.lack(gateway));
    }
}
