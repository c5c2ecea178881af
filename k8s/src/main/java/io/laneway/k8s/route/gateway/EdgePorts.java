package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.object.Marks;
import io.laneway.k8s.object.Meta;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * At which ports the gateways themselves get what comes in at a port of a Gateway's listener: those to which the edge's
 * Services send it. Immutable.
 */
record EdgePorts(Map<Integer, Set<Integer>> targets) {

    EdgePorts {
        targets = Map.copyOf(targets);
    }

    /** Reads the edge's Services, and where they name their targets the EndpointSlices beside them. Blocks. */
    static EdgePorts read(KubernetesClient client, List<Service> services) {
        Map<Integer, Set<Integer>> targets = new HashMap<>();
        for (Service service : services) {
            List<EndpointSlice> slices = namesTargets(service) ? slices(client, service) : List.of();
            for (ServicePort port : service.getSpec().getPorts()) {
                Set<Integer> to = targets.computeIfAbsent(port.getPort(), any -> new TreeSet<>());
                IntOrString target = port.getTargetPort();
                if (target == null) {
                    to.add(port.getPort());
                } else if (target.getIntVal() != null) {
                    to.add(target.getIntVal());
                } else {
                    to.addAll(named(slices, port.getName()));
                }
            }
        }
        return new EdgePorts(targets);
    }

    private static boolean namesTargets(Service service) {
        return service.getSpec().getPorts().stream()
                .map(ServicePort::getTargetPort)
                .anyMatch(target -> target != null && target.getIntVal() == null);
    }

    private static List<EndpointSlice> slices(KubernetesClient client, Service service) {
        return client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(Meta.namespace(service))
                .withLabel(Marks.SLICE_SERVICE, service.getMetadata().getName())
                .list()
                .getItems();
    }

    private static List<Integer> named(List<EndpointSlice> slices, @Nullable String name) {
        return slices.stream()
                .flatMap(slice -> slice.getPorts().stream())
                .filter(port -> Objects.requireNonNullElse(port.getName(), "").equals(name == null ? "" : name))
                .map(EndpointPort::getPort)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The gateways' own ports for one of a listener: the same one where no Service of the edge says another. */
    Set<Integer> of(int port) {
        Set<Integer> known = targets.getOrDefault(port, Set.of());
        return known.isEmpty() ? Set.of(port) : known;
    }
}
