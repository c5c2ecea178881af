package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRoute;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.laneway.k8s.object.Meta;
import java.util.List;
import java.util.Map;

/**
 * Writes the status of objects of the Gateway API. The client's own types leave empty lists out, and the schema of the
 * Gateway API requires some of them, so that an API server would refuse such a status whole. Blocks; safe for many threads.
 */
public record StatusWriter(KubernetesClient client) {

    /**
     * Replaces the status that is there by that of the object.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server refuses it, such as by 409 where the
     *     object was changed meanwhile
     */
    public void write(HasMetadata object) {
        GenericKubernetesResource whole =
                client.getKubernetesSerialization().convertValue(object, GenericKubernetesResource.class);
        complete(object, whole);
        var resources =
                client.genericKubernetesResources(ResourceDefinitionContext.fromResourceType(object.getClass()));
        String namespace = Meta.namespace(object);
        (namespace.isEmpty()
                        ? resources.resource(whole)
                        : resources.inNamespace(namespace).resource(whole))
                .updateStatus();
    }

    @SuppressWarnings("unchecked") // objects of JSON
    private static void complete(HasMetadata object, GenericKubernetesResource whole) {
        if (object instanceof HTTPRoute || object instanceof GRPCRoute || object instanceof TLSRoute) {
            if (whole.get("status") instanceof Map<?, ?> status) {
                ((Map<String, Object>) status).putIfAbsent("parents", List.of());
            } else {
                whole.setAdditionalProperty("status", Map.of("parents", List.of()));
            }
        }
        if (object instanceof Gateway && whole.get("status", "listeners") instanceof List<?> listeners) {
            listeners.forEach(one -> ((Map<String, Object>) one).putIfAbsent("supportedKinds", List.of()));
        }
    }
}
