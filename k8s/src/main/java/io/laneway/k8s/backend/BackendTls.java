package io.laneway.k8s.backend;

import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which ports of which Services have a policy. Immutable.
 *
 * @param byService by {@code namespace/name} of a Service and the name of its port, empty for all that have no policy of their own
 */
public record BackendTls(Map<String, Map<String, PortTls>> byService) {

    /** No Service has one. */
    public static final BackendTls NONE = new BackendTls(Map.of());

    /** In the place of a port's name: all ports without a policy of their own. */
    static final String ALL = "";

    public BackendTls {
        byService = Map.copyOf(byService);
    }

    /**
     * How a port is reached; null where no policy says it.
     *
     * @param service {@code namespace/name}
     * @param port    the port's name, empty where it has none
     */
    public @Nullable PortTls of(String service, String port) {
        Map<String, PortTls> ports = byService.get(service);
        if (ports == null) {
            return null;
        }
        PortTls own = ports.get(port);
        return own == null ? ports.get(ALL) : own;
    }

    /** The Services of which another says something else. */
    public Set<String> differing(BackendTls other) {
        Set<String> all = new HashSet<>(byService.keySet());
        all.addAll(other.byService.keySet());
        all.removeIf(service -> Objects.equals(byService.get(service), other.byService.get(service)));
        return all;
    }
}
