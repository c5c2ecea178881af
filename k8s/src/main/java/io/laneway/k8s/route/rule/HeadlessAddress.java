package io.laneway.k8s.route.rule;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.object.Marks;
import io.laneway.k8s.object.Meta;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a Service without an address of its own is reached: at an endpoint that is ready. Blocks; stateless. */
final class HeadlessAddress {

    private HeadlessAddress() {}

    static @Nullable String first(KubernetesClient client, Service service, ServicePort port) {
        String name = Objects.requireNonNullElse(port.getName(), "");
        for (EndpointSlice slice : client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(Meta.namespace(service))
                .withLabel(Marks.SLICE_SERVICE, service.getMetadata().getName())
                .list()
                .getItems()) {
            Integer number = slice.getPorts().stream()
                    .filter(one -> name.equals(Objects.requireNonNullElse(one.getName(), "")))
                    .map(EndpointPort::getPort)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            for (Endpoint endpoint : slice.getEndpoints()) {
                boolean ready = endpoint.getConditions() == null
                        || !Boolean.FALSE.equals(endpoint.getConditions().getReady());
                if (number != null && ready && !endpoint.getAddresses().isEmpty()) {
                    return text(endpoint.getAddresses().get(0), number);
                }
            }
        }
        return null;
    }

    /** An address and a port as one text. */
    static String text(String address, int port) {
        return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + port;
    }
}
