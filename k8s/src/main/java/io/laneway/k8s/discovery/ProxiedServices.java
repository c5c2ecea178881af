package io.laneway.k8s.discovery;

import io.fabric8.kubernetes.api.model.Service;
import io.laneway.k8s.finding.Finding;
import io.laneway.k8s.object.EndpointAddress;
import io.laneway.k8s.object.Marks;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.pointing.OwnBackends;
import io.laneway.router.model.service.Endpoint;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which Services want to be proxied, were, or were made beside such a one, and what discovery has of their pods. Says
 * when one of them or its endpoints changed. Safe for many threads.
 */
public final class ProxiedServices {

    private record Seen(String proxied, Set<String> addresses) {}

    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private final Map<String, String> twins = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> gateways = new ConcurrentHashMap<>();
    private volatile Consumer<String> reread = key -> {};
    private final Map<String, String> notes = new ConcurrentHashMap<>();
    private final Set<Consumer<String>> listeners = ConcurrentHashMap.newKeySet();

    /** Gets the key of each proxied Service that changed, or whose twin did, on discovery's thread. */
    public void listen(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Ends what {@link #listen} began. */
    public void ignore(Consumer<String> listener) {
        listeners.remove(listener);
    }

    /** The keys of all Services that want to be proxied or were. */
    public Set<String> keys() {
        Set<String> keys = new HashSet<>();
        seen.values().forEach(one -> keys.add(one.proxied()));
        return keys;
    }

    /** The addresses of the usable endpoints with which a Service is in the overlay; empty if it is not. */
    public Set<String> addresses(String key) {
        Seen one = seen.get(key);
        return one == null ? Set.of() : one.addresses();
    }

    /** Sets the addresses of gateways' pods that a proxied Service's own selector catches too: they are not its pods. */
    public void gateways(String key, Set<String> addresses) {
        Set<String> before = addresses.isEmpty() ? gateways.remove(key) : gateways.put(key, Set.copyOf(addresses));
        if (!addresses.equals(before == null ? Set.of() : before)) {
            reread.accept(key);
            String twin = twins.get(key);
            if (twin != null) {
                reread.accept(twin);
            }
        }
    }

    /** The addresses of gateways' pods among those that a Service selects, or that it was made for. */
    public Set<String> gateways(String key) {
        Seen one = seen.get(key);
        return gateways.getOrDefault(one == null ? key : one.proxied(), Set.of());
    }

    /** Takes what reads a Service again by its key. */
    void rereadBy(Consumer<String> reader) {
        reread = reader;
    }

    /** Notes why a Service is not as its owners want it; null if it is. */
    public void note(String key, @Nullable String why) {
        if (why == null) {
            notes.remove(key);
        } else {
            notes.put(key, why);
        }
    }

    /** What is noted of Services. */
    public List<Finding> findings() {
        return notes.entrySet().stream()
                .map(one -> new Finding(Finding.Kind.NOT_PROXIED, one.getKey(), one.getValue()))
                .sorted()
                .toList();
    }

    /** What is noted of a Service; null if nothing is. */
    public @Nullable String noted(String key) {
        return notes.get(key);
    }

    /**
     * Takes what was read; null for a Service that is gone.
     *
     * @return the key of the Service that this one was made for, if that is news: its pods matter from now on
     */
    @Nullable
    String read(String key, @Nullable Service service, @Nullable Found found) {
        String proxied = service == null ? null : proxied(key, service);
        Seen before = proxied == null ? seen.remove(key) : seen.put(key, new Seen(proxied, usable(found)));
        boolean twin = proxied != null && !proxied.equals(key);
        if (twin) {
            twins.put(proxied, key);
        } else if (before != null && !before.proxied().equals(key)) {
            twins.remove(before.proxied(), key);
        }
        if (proxied != null) {
            changed(proxied);
        } else if (before != null) {
            changed(before.proxied());
        }
        return twin && before == null ? proxied : null;
    }

    void clear() {
        seen.clear();
        twins.clear();
        notes.clear();
        gateways.clear();
    }

    private void changed(String key) {
        listeners.forEach(listener -> listener.accept(key));
    }

    private @Nullable String proxied(String key, Service service) {
        String madeFor = Meta.annotations(service).get(Marks.MADE_FOR);
        if (madeFor != null) {
            return Meta.key(Meta.namespace(service), madeFor);
        }
        return Meta.proxied(service) || OwnBackends.noted(service) || twins.containsKey(key) ? key : null;
    }

    private static Set<String> usable(@Nullable Found found) {
        Set<String> addresses = new HashSet<>();
        if (found != null) {
            found.ports().stream()
                    .flatMap(port -> port.endpoints().stream())
                    .filter(Endpoint::usable)
                    .forEach(endpoint -> addresses.add(EndpointAddress.host(endpoint.address())));
        }
        return addresses;
    }
}
