package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.object.Meta;
import java.util.Collection;

/** The Secrets with the certificates that the HTTPS listeners of our Gateways name and may name. Blocks; stateless. */
public final class ListenerSecrets {

    private ListenerSecrets() {}

    /** @param gateway {@code name} or {@code namespace/name}, {@code *} for a name is every Gateway of our class */
    public static Collection<Secret> read(KubernetesClient client, String gateway) {
        Grants grants = new Grants(
                client.resources(ReferenceGrant.class).inAnyNamespace().list().getItems());
        CertificateRefs refs = new CertificateRefs(client, grants);
        Gateways.ours(
                        client.resources(Gateway.class).inAnyNamespace().list().getItems(),
                        client.resources(GatewayClass.class).list().getItems(),
                        Parents.of(gateway))
                .values()
                .forEach(one -> look(one, refs));
        return refs.usable();
    }

    private static void look(Gateway gateway, CertificateRefs refs) {
        for (Listener listener : gateway.getSpec().getListeners()) {
            if (Listeners.serves(gateway, listener)) {
                refs.problem(listener, Meta.namespace(gateway));
            }
        }
    }
}
