package io.laneway.k8s.proxied;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.discovery.GatewayPods;
import io.laneway.k8s.discovery.Marks;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads from the API server where Services lead now, not where a watch saw them. Blocks; safe for many threads. */
final class Backends {

    private final KubernetesClient client;

    Backends(KubernetesClient client) {
        this.client = client;
    }

    /** The addresses of a Service's ready endpoints. */
    Set<String> ready(String namespace, String name) {
        return client
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(namespace)
                .withLabel(Marks.SLICE_SERVICE, name)
                .list()
                .getItems()
                .stream()
                .flatMap(slice -> slice.getEndpoints().stream())
                .filter(one -> one.getConditions() == null
                        || !Boolean.FALSE.equals(one.getConditions().getReady()))
                .flatMap(one -> one.getAddresses().stream())
                .collect(Collectors.toSet());
    }

    /** How many ready pods of the gateway a namespace has. */
    int gateways(String namespace, GatewayPods gateway) {
        return (int) client.pods().inNamespace(namespace).withLabels(gateway.selector()).list().getItems().stream()
                .filter(pod -> pod.getStatus() != null
                        && !pod.isMarkedForDeletion()
                        && pod.getStatus().getConditions().stream()
                                .anyMatch(one -> one.getType().equals("Ready")
                                        && one.getStatus().equals("True")))
                .count();
    }
}
