package io.laneway.k8s.route;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** Makes the Gateway {@code laneway} and its class. */
public final class GatewayObjects {

    private static final String API = "{apiVersion: gateway.networking.k8s.io/v1, kind: ";

    private GatewayObjects() {}

    /** @param listeners in YAML, divided by commas */
    public static void create(KubernetesClient client, String namespace, String listeners) {
        KubernetesSerialization yaml = new KubernetesSerialization();
        client.resource(yaml.unmarshal(
                        "---\n" + API + "GatewayClass, metadata: {name: laneway}, spec: {controllerName:"
                                + " laneway.io/gateway-controller}}",
                        GatewayClass.class))
                .create();
        client.resource(yaml.unmarshal(
                        "---\n" + API + "Gateway, metadata: {name: laneway, namespace: " + namespace
                                + "}, spec: {gatewayClassName: laneway, listeners: [" + listeners + "]}}",
                        Gateway.class))
                .create();
    }
}
