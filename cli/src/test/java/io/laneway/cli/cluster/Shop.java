package io.laneway.cli.cluster;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.util.Map;

/** What is deployed in namespace {@code shop}: Services of one application with labels {@code app} and {@code version}. */
final class Shop {

    static final String NAMESPACE = "shop";
    static final String APP = "test-hl-bff-lll";

    private final KubernetesClient client;

    Shop(KubernetesClient client) {
        this.client = client;
    }

    /** Creates the Service and the EndpointSlice of a lane: ports {@code http-9000} and {@code grpc-9001}, one pod. */
    void deploy(String lane, Pod pod) {
        // A creation whose response got lost is asked for again by the client.
        client.resource(service(name(lane), Map.of("app", APP, "version", lane)))
                .createOr(NonDeletingOperation::update);
        client.resource(slice(name(lane), pod, true, true, false)).createOr(NonDeletingOperation::update);
    }

    /** The pod's conditions change. */
    void change(String lane, Pod pod, boolean ready, boolean serving, boolean terminating) {
        client.resource(slice(name(lane), pod, ready, serving, terminating)).update();
    }

    /** Deletes the lane's Service and then its EndpointSlice, as Kubernetes does. */
    void remove(String lane) {
        client.services().inNamespace(NAMESPACE).withName(name(lane)).delete();
        client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(NAMESPACE)
                .withName(name(lane) + "-abc")
                .delete();
    }

    /** Creates a Service of another application that says nothing of lanes, its pod, and a gateway's pod that is ready. */
    void deployPlain(String app, Pod pod) {
        Map<String, String> labels = Map.of("app", app);
        client.resource(service(app, labels)).createOr(NonDeletingOperation::update);
        client.resource(slice(app, pod, true, true, false)).createOr(NonDeletingOperation::update);
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName("gateway")
                        .withLabels(Map.of("app", "laneway-gateway", "version", "proxy"))
                        .endMetadata()
                        .withNewStatus()
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build())
                .createOr(NonDeletingOperation::update);
    }

    /** A Service as the API server has it; null if there is none. */
    Service named(String name) {
        return client.services().inNamespace(NAMESPACE).withName(name).get();
    }

    /** Does what the endpoint slice controller does when a Service was made. */
    void point(String service, Pod pod) {
        client.resource(slice(service, pod, true, true, false)).createOr(NonDeletingOperation::update);
    }

    private static String name(String lane) {
        return APP + "-" + lane;
    }

    private static Service service(String name, Map<String, String> labels) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withSelector(labels)
                .addNewPort()
                .withName("http-9000")
                .withPort(9000)
                .withProtocol("TCP")
                .endPort()
                .addNewPort()
                .withName("grpc-9001")
                .withPort(9001)
                .withProtocol("TCP")
                .endPort()
                .endSpec()
                .build();
    }

    private static EndpointSlice slice(String service, Pod pod, boolean ready, boolean serving, boolean terminating) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(service + "-abc")
                .withLabels(Map.of("kubernetes.io/service-name", service))
                .endMetadata()
                .withAddressType("IPv4")
                .addNewPort()
                .withName("http-9000")
                .withPort(pod.port())
                .withProtocol("TCP")
                .endPort()
                .addNewPort()
                .withName("grpc-9001")
                .withPort(pod.port())
                .withProtocol("TCP")
                .endPort()
                .addNewEndpoint()
                .withAddresses("127.0.0.1")
                .withNewConditions()
                .withReady(ready)
                .withServing(serving)
                .withTerminating(terminating)
                .endConditions()
                .endEndpoint()
                .build();
    }
}
