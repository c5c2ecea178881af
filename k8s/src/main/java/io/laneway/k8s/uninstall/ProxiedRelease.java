package io.laneway.k8s.uninstall;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.laneway.k8s.object.Marks;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.pointing.OwnBackends;
import io.laneway.k8s.proxied.ServiceEndpoints;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Points Services back at their own pods without a control API: the Service first, and the one beside it away once the
 * Service has its endpoints. A control API that runs does the same, and neither hinders the other. Blocks.
 */
final class ProxiedRelease {

    private static final int TRIES = 20;

    private final KubernetesClient client;
    private final Duration patience;

    ProxiedRelease(KubernetesClient client, Duration patience) {
        this.client = client;
        this.patience = patience;
    }

    /** The keys of all Services that are proxied, are wanted to be, or have one beside them. */
    List<String> all() {
        Set<String> keys = new TreeSet<>();
        for (Service one : client.services().inAnyNamespace().list().getItems()) {
            String madeFor = Meta.annotations(one).get(Marks.MADE_FOR);
            if (madeFor != null) {
                keys.add(Meta.key(Meta.namespace(one), madeFor));
            } else if (Meta.proxied(one) || OwnBackends.noted(one)) {
                keys.add(Meta.key(one));
            }
        }
        return List.copyOf(keys);
    }

    void release(String key) {
        int slash = key.indexOf('/');
        String namespace = key.substring(0, slash);
        String name = key.substring(slash + 1);
        restore(namespace, name);
        Service twin = twin(namespace, name);
        if (twin == null) {
            return;
        }
        ServiceEndpoints endpoints = new ServiceEndpoints(client);
        String beside = twin.getMetadata().getName();
        boolean covers = Patience.until(
                patience, () -> endpoints.ready(namespace, name).containsAll(endpoints.ready(namespace, beside)));
        if (!covers) {
            throw new IllegalStateException("Service " + key + ": has not the endpoints of " + beside + " after "
                    + patience.toSeconds() + " s (expected: its own pods)");
        }
        // A control API that runs takes it away when its gateways know.
        if (!Patience.until(patience, () -> twin(namespace, name) == null)) {
            client.resource(twin).delete();
        }
    }

    private void restore(String namespace, String name) {
        for (int tries = 1; ; tries++) {
            Service service =
                    client.services().inNamespace(namespace).withName(name).get();
            if (service == null || (!Meta.proxied(service) && !OwnBackends.noted(service))) {
                return;
            }
            try {
                Service wanted = own(service, twin(namespace, name)).restored(service);
                client.resource(new ServiceBuilder(wanted)
                                .editMetadata()
                                .removeFromAnnotations(Marks.PROXIED)
                                .endMetadata()
                                .build())
                        .update();
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static OwnBackends own(Service service, @Nullable Service twin) {
        return twin != null && OwnBackends.pointed(service) && !OwnBackends.noted(service)
                ? OwnBackends.of(service, twin)
                : OwnBackends.of(service);
    }

    private @Nullable Service twin(String namespace, String name) {
        return client.services().inNamespace(namespace).list().getItems().stream()
                .filter(one -> name.equals(Meta.annotations(one).get(Marks.MADE_FOR)))
                .findFirst()
                .orElse(null);
    }
}
