package io.laneway.k8s.testkit;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes Services and EndpointSlices as a cluster holds them. */
public final class Made {

    public static final String NAMESPACE = "shop";

    private Made() {}

    /** A Service {@code app-version} with labels and selector; without a version it is called like the app. */
    public static ServiceBuilder service(String app, @Nullable String version, String... ports) {
        Map<String, String> labels = version == null ? Map.of("app", app) : Map.of("app", app, "version", version);
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(version == null ? app : app + "-" + version)
                .withLabels(labels)
                .withCreationTimestamp("2026-11-01T00:00:00Z")
                .endMetadata()
                .withNewSpec()
                .withSelector(labels)
                .withPorts(Arrays.stream(ports).map(Made::port).toList())
                .endSpec();
    }

    private static ServicePort port(String name) {
        String number = name.replaceAll(".*-", "");
        return new ServicePortBuilder()
                .withName(name)
                .withPort(number.matches("[0-9]+") ? Integer.parseInt(number) : 80)
                .withProtocol("TCP")
                .build();
    }

    /** An EndpointSlice of a Service: its ports, with ready endpoints at these addresses. */
    public static EndpointSliceBuilder slice(Service service, String... addresses) {
        List<EndpointPort> ports = service.getSpec().getPorts().stream()
                .map(port -> new EndpointPortBuilder()
                        .withName(port.getName())
                        .withPort(port.getPort())
                        .withProtocol("TCP")
                        .build())
                .toList();
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace(service.getMetadata().getNamespace())
                .withName(service.getMetadata().getName() + "-abc")
                .withLabels(Map.of(
                        "kubernetes.io/service-name", service.getMetadata().getName()))
                .endMetadata()
                .withAddressType("IPv4")
                .withPorts(ports)
                .withEndpoints(Arrays.stream(addresses)
                        .map(address -> endpoint(address, true, true, false).build())
                        .toList());
    }

    /** An endpoint with its conditions, in zone a. */
    public static EndpointBuilder endpoint(String address, boolean ready, boolean serving, boolean terminating) {
        return new EndpointBuilder()
                .withAddresses(address)
                .withZone("a")
                .withNewConditions()
                .withReady(ready)
                .withServing(serving)
                .withTerminating(terminating)
                .endConditions();
    }

    /** The slice with this one endpoint instead of its own. */
    public static EndpointSlice with(EndpointSlice slice, EndpointBuilder endpoint) {
        return new EndpointSliceBuilder(slice).withEndpoints(endpoint.build()).build();
    }
}
