package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRoute;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.laneway.k8s.object.Meta;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Writes the status of objects of the Gateway API, beside what other controllers have written there. The client's own types
 * leave empty lists out, and the schema of the Gateway API requires some of them, so that an API server would refuse such a
 * status whole. Blocks; safe for many threads.
 */
public record StatusWriter(KubernetesClient client) {

    private static final int TRIES = 5;

    /**
     * Changes the status of an object. Where another changed the object since it was read, the change is made again from what
     * the API server has now, as long as that is of the same generation: a status says which one it is about.
     *
     * @param change gives the object with another status; it must not change its argument
     * @return false if it is to be tried again, once the object was read again
     * @throws KubernetesClientException if the API server refuses it
     */
    public <T extends HasMetadata> boolean write(T object, UnaryOperator<T> change) {
        T seen = object;
        for (int i = 0; i < TRIES; i++) {
            try {
                update(change.apply(seen));
                return true;
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                    throw e;
                }
            }
            T now = client.resource(object).get();
            if (now == null) {
                return true;
            }
            if (!isSame(object, now)) {
                return false;
            }
            seen = now;
        }
        return false;
    }

    private static boolean isSame(HasMetadata one, HasMetadata other) {
        return Objects.equals(one.getMetadata().getUid(), other.getMetadata().getUid())
                && Objects.equals(
                        one.getMetadata().getGeneration(), other.getMetadata().getGeneration());
    }

    private void update(HasMetadata object) {
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
        String list = object instanceof HTTPRoute || object instanceof GRPCRoute || object instanceof TLSRoute
                ? "parents"
                : object instanceof BackendTLSPolicy ? "ancestors" : "";
        if (!list.isEmpty()) {
            if (whole.get("status") instanceof Map<?, ?> status) {
                ((Map<String, Object>) status).putIfAbsent(list, List.of());
            } else {
                whole.setAdditionalProperty("status", Map.of(list, List.of()));
            }
        }
        if (object instanceof Gateway && whole.get("status", "listeners") instanceof List<?> listeners) {
            listeners.forEach(one -> ((Map<String, Object>) one).putIfAbsent("supportedKinds", List.of()));
        }
    }
}
