package io.laneway.k8s.proxied;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.object.Marks;
import io.laneway.k8s.pointing.GatewayPods;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads from the API server where Services lead now, not where a watch saw them. Blocks; safe for many threads. */
public final class ServiceEndpoints {

    private final KubernetesClient client;

    public ServiceEndpoints(KubernetesClient client) {
        this.client = client;
    }

    /** The addresses of a Service's ready endpoints. */
    public Set<String> ready(String namespace, String name) {
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

    /**
     * The gateway's pods in a namespace. Immutable.
     *
     * @param ready     how many are ready
     * @param addresses the addresses of all
     */
    record Gateways(int ready, Set<String> addresses) {}

    Gateways gateways(String namespace, GatewayPods gateway) {
        int ready = 0;
        Set<String> addresses = new HashSet<>();
        for (Pod pod : client.pods()
                .inNamespace(namespace)
                .withLabels(gateway.selector())
                .list()
                .getItems()) {
            if (pod.getStatus() != null && pod.getStatus().getPodIP() != null) {
                addresses.add(pod.getStatus().getPodIP());
            }
            ready += isReady(pod) ? 1 : 0;
        }
        return new Gateways(ready, addresses);
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus() != null
                && !pod.isMarkedForDeletion()
                && pod.getStatus().getConditions().stream()
                        .anyMatch(one ->
                                one.getType().equals("Ready") && one.getStatus().equals("True"));
    }
}
