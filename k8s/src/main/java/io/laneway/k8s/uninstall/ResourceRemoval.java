package io.laneway.k8s.uninstall;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.resource.CustomKind;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;

/** Deletes custom resources, and takes our finaliser off those that no control API lets go. Blocks. */
final class ResourceRemoval {

    private final KubernetesClient client;
    private final Duration patience;

    ResourceRemoval(KubernetesClient client, Duration patience) {
        this.client = client;
        this.patience = patience;
    }

    List<String> keys(CustomKind kind) {
        return all(kind).stream().map(Meta::key).toList();
    }

    void remove(CustomKind kind) {
        all(kind).forEach(one -> client.resource(one).delete());
        if (!Patience.until(patience, () -> all(kind).isEmpty())) {
            all(kind)
                    .forEach(one -> client.genericKubernetesResources(kind.context())
                            .inNamespace(Meta.namespace(one))
                            .withName(one.getMetadata().getName())
                            .edit(now -> {
                                now.removeFinalizer(CustomKind.FINALIZER);
                                return now;
                            }));
        }
    }

    /** None where the kind itself is gone. */
    private List<GenericKubernetesResource> all(CustomKind kind) {
        try {
            return client.genericKubernetesResources(kind.context())
                    .inAnyNamespace()
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }
}
