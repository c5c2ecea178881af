package io.laneway.k8s.discovery;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.laneway.k8s.object.EndpointAddress;
import io.laneway.router.model.service.Endpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a port's endpoints out of a Service's EndpointSlices, ordered by address so that the order in which slices
 * arrive makes no difference. A Service with two address families gives its endpoints in its first one only: they are
 * the same pods.
 */
final class SliceEndpoints {

    private final List<EndpointSlice> slices;

    SliceEndpoints(Service service, Collection<EndpointSlice> slices) {
        String family = family(service, slices);
        this.slices = slices.stream()
                .filter(slice -> Objects.equals(slice.getAddressType(), family))
                .toList();
    }

    private static @Nullable String family(Service service, Collection<EndpointSlice> slices) {
        List<String> families =
                service.getSpec() == null ? null : service.getSpec().getIpFamilies();
        if (families != null && !families.isEmpty()) {
            String first = families.get(0);
            if (slices.stream().anyMatch(slice -> first.equals(slice.getAddressType()))) {
                return first;
            }
        }
        return slices.stream()
                .map(EndpointSlice::getAddressType)
                .filter(Objects::nonNull)
                .min(String::compareTo)
                .orElse(null);
    }

    /** The endpoints of the Service's port of this name; a nameless port is the only one. */
    List<Endpoint> of(@Nullable String portName) {
        Map<String, Endpoint> endpoints = new TreeMap<>();
        for (EndpointSlice slice : slices) {
            Integer port = port(slice, portName == null ? "" : portName);
            if (port != null) {
                add(slice, port, endpoints);
            }
        }
        return new ArrayList<>(endpoints.values());
    }

    private static @Nullable Integer port(EndpointSlice slice, String name) {
        if (slice.getPorts() == null) {
            return null;
        }
        for (EndpointPort port : slice.getPorts()) {
            if (name.equals(port.getName() == null ? "" : port.getName())) {
                return port.getPort();
            }
        }
        return null;
    }

    private static void add(EndpointSlice slice, int port, Map<String, Endpoint> into) {
        if (slice.getEndpoints() == null) {
            return;
        }
        for (var found : slice.getEndpoints()) {
            String zone = found.getZone() == null ? "" : found.getZone();
            EndpointConditions state = found.getConditions();
            for (String host : found.getAddresses()) {
                String address = EndpointAddress.of(host, port);
                // A pod may be in two slices while it moves from one to the other: the usable entry counts.
                into.merge(address, endpoint(address, zone, state), (a, b) -> a.usable() ? a : b);
            }
        }
    }

    /** Conditions left out mean: ready is true, serving is as ready, terminating is false (discovery.k8s.io/v1). */
    private static Endpoint endpoint(String address, String zone, @Nullable EndpointConditions state) {
        boolean ready = state == null || !Boolean.FALSE.equals(state.getReady());
        boolean terminating = state != null && Boolean.TRUE.equals(state.getTerminating());
        Boolean said = state == null ? null : state.getServing();
        boolean serving = said == null ? ready : said;
        boolean takes = terminating ? serving : ready;
        return new Endpoint(address, 1, zone, takes, terminating);
    }
}
