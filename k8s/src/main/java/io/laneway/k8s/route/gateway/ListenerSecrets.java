package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerSet;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.laneway.k8s.client.AbsentKind;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The Secrets with the certificates that listeners of our Gateways and their ListenerSets name and may name. Blocks; stateless. */
public final class ListenerSecrets {

    private ListenerSecrets() {}

    /** @param gateway {@code name} or {@code namespace/name}, {@code *} for a name is every Gateway of our class */
    public static Collection<Secret> read(KubernetesClient client, String gateway) {
        Grants grants = new Grants(
                client.resources(ReferenceGrant.class).inAnyNamespace().list().getItems());
        CertificateRefs refs = new CertificateRefs(client, grants);
        Map<String, Gateway> ours = Gateways.ours(
                client.resources(Gateway.class).inAnyNamespace().list().getItems(),
                client.resources(GatewayClass.class).list().getItems(),
                Parents.of(gateway));
        ListenerSets.join(ours, sets(client), new AllowedRoutes(client))
                .whole()
                .values()
                .forEach(one -> look(one, refs));
        return refs.usable();
    }

    /** None where the cluster has no such kind, or the role of an older version does not allow to see them. */
    private static List<ListenerSet> sets(KubernetesClient client) {
        try {
            return client.resources(ListenerSet.class).inAnyNamespace().list().getItems();
        } catch (KubernetesClientException e) {
            if (AbsentKind.is(e)) {
                return List.of();
            }
            throw e;
        }
    }

    private static void look(Gateway gateway, CertificateRefs refs) {
        for (Listener listener : gateway.getSpec().getListeners()) {
            if (Listeners.serves(gateway, listener)) {
                refs.problem(listener, Origin.of(gateway, listener));
            }
        }
    }
}
