package io.laneway.k8s.route.rule;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.laneway.k8s.backend.BackendTls;
import io.laneway.k8s.backend.PortTls;
import io.laneway.k8s.discovery.DiscoveryRules;
import io.laneway.k8s.discovery.Identity;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.object.PortProtocol;
import io.laneway.k8s.resource.CustomKind;
import io.laneway.router.model.service.ServiceId;
import java.net.HttpURLConnection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds what Services and Lanes are, each once: made for one reconciliation. Blocks; confined to one thread. */
public final class ServiceLookup {

    /**
     * What a Service is.
     *
     * @param lane  the lane that it is of, null for the base lane
     * @param ports by number, and whether a gateway can serve it
     * @param alone whether the service has these ports and no others: it may have those of other Services besides
     */
    record Backend(ServiceId service, @Nullable String lane, Map<Integer, Boolean> ports, boolean alone) {
        Backend {
            ports = Collections.unmodifiableMap(new TreeMap<>(ports));
        }
    }

    private final KubernetesClient client;
    private final DiscoveryRules rules;
    private final BackendTls tls;
    private final Map<String, Optional<Service>> services = new HashMap<>();
    private final Map<String, Optional<Backend>> found = new HashMap<>();
    private final Map<String, Optional<String>> lanes = new HashMap<>();

    /** @param tls which ports have a policy */
    public ServiceLookup(KubernetesClient client, DiscoveryRules rules, BackendTls tls) {
        this.client = client;
        this.rules = rules;
        this.tls = tls;
    }

    private @Nullable Service service(String namespace, String name) {
        return services.computeIfAbsent(
                        Meta.key(namespace, name),
                        key -> Optional.ofNullable(client.services()
                                .inNamespace(namespace)
                                .withName(name)
                                .get()))
                .orElse(null);
    }

    /** Whether there is such a Service, and a port of that name where one is given. */
    public boolean exists(String namespace, String name, @Nullable String port) {
        Service service = service(namespace, name);
        return service != null
                && (port == null
                        || (service.getSpec() != null
                                && service.getSpec().getPorts().stream().anyMatch(one -> port.equals(one.getName()))));
    }

    /** Null if there is no such Service, or if it takes no part in routing. */
    @Nullable
    Backend find(String namespace, String name) {
        return found.computeIfAbsent(Meta.key(namespace, name), key -> Optional.ofNullable(read(namespace, name)))
                .orElse(null);
    }

    /** What the table calls a Lane; null if there is no such object, or none that stays. */
    @Nullable
    String lane(String namespace, String name) {
        return lanes.computeIfAbsent(Meta.key(namespace, name), key -> Optional.ofNullable(readLane(namespace, name)))
                .orElse(null);
    }

    private @Nullable String readLane(String namespace, String name) {
        try {
            GenericKubernetesResource lane = client.genericKubernetesResources(CustomKind.LANE.context())
                    .inNamespace(namespace)
                    .withName(name)
                    .get();
            return lane == null || lane.isMarkedForDeletion() ? null : CustomKind.nameOf(lane);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return null;
            }
            throw e;
        }
    }

    /**
     * Where a port of a Service is reached as it is, {@code host:port}: at its cluster address, and without one at the first of
     * its ready endpoints; null if there is no such Service, port or address.
     */
    @Nullable
    String address(String namespace, String name, int port) {
        Service service = service(namespace, name);
        ServicePort found = service == null ? null : port(service, port);
        if (service == null || found == null) {
            return null;
        }
        String ip = service.getSpec().getClusterIP();
        if (!(found.getProtocol() == null || found.getProtocol().equals("TCP"))) {
            return null;
        }
        return ip == null || ip.isEmpty() || ip.equals("None")
                ? HeadlessAddress.first(client, service, found)
                : HeadlessAddress.text(ip, port);
    }

    private static @Nullable ServicePort port(Service service, int port) {
        return service.getSpec() == null
                ? null
                : service.getSpec().getPorts().stream()
                        .filter(one -> one.getPort() == port)
                        .findFirst()
                        .orElse(null);
    }

    /** How a port of a Service is reached by a BackendTLSPolicy; null where none says it. */
    @Nullable
    PortTls tls(String namespace, String name, int port) {
        Service service = service(namespace, name);
        ServicePort found = service == null ? null : port(service, port);
        return found == null
                ? null
                : tls.of(Meta.key(namespace, name), Objects.requireNonNullElse(found.getName(), ""));
    }

    private @Nullable Backend read(String namespace, String name) {
        Service service = service(namespace, name);
        Identity identity = service == null ? null : Identity.of(service, rules);
        if (service == null || identity == null) {
            return null;
        }
        Map<Integer, Boolean> ports = new TreeMap<>();
        if (service.getSpec() != null && service.getSpec().getPorts() != null) {
            service.getSpec().getPorts().forEach(port -> ports.put(port.getPort(), PortProtocol.of(port) != null));
        }
        boolean base = identity.lane().equals(rules.base());
        boolean alone = ports.size() == 1 && (!base || identity.service().name().equals(name));
        return new Backend(identity.service(), base ? null : identity.lane(), ports, alone);
    }
}
