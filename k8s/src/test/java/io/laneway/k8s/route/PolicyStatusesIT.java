package io.laneway.k8s.route;

import static io.laneway.k8s.testkit.Made.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicyBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.laneway.k8s.discovery.DiscoveryRules;
import io.laneway.k8s.finding.NotedFindings;
import io.laneway.k8s.host.HostOwners;
import io.laneway.k8s.testkit.FakeEditor;
import io.laneway.k8s.testkit.RuledCluster;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PolicyStatusesIT {

    private final RuledCluster cluster = new RuledCluster();
    private final KubernetesClient client = cluster.open();
    private final KubernetesSerialization yaml = new KubernetesSerialization();
    private final EdgeRoutes routes = new EdgeRoutes(
            client,
            new FakeEditor(),
            "laneway",
            DiscoveryRules.DEFAULT,
            () -> HostOwners.NONE,
            new NotedFindings(),
            Clock.systemUTC());

    @AfterEach
    void close() {
        routes.close();
        client.close();
        cluster.close();
    }

    @Test
    void aPolicyForABackendOfOursSaysThatItIsNotDoneBesideWhatOthersSay() {
        for (String name : List.of("order", "pay")) {
            cluster.client().resource(service(name, null, "http").build()).create();
            policy(name);
        }
        GatewayObjects.create(cluster.client(), "shop", "{name: http, port: 80, protocol: HTTP}");
        routes.start();
        String route = "---\n{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: r, namespace:"
                + " shop}, spec: {parentRefs: [{name: laneway}], rules: [{backendRefs: [{name: order, port: 80}]}]}}";
        cluster.client().resource(yaml.unmarshal(route, HTTPRoute.class)).create();

        await().until(() -> ancestors("order").equals(List.of("laneway False Invalid")));
        assertThat(ancestors("pay")).isEmpty();

        cluster.client()
                .resource(get("order"))
                .editStatus(one -> new BackendTLSPolicyBuilder(one)
                        .editStatus()
                        .addToAncestors(yaml.unmarshal(
                                "---\n"
                                        + "{ancestorRef: {name: istio}, controllerName: istio.io/gateway-controller,"
                                        + " conditions: [{type: Accepted, status: 'True', reason: Accepted, message: '',"
                                        + " lastTransitionTime: '2026-11-30T00:00:00Z'}]}",
                                io.fabric8.kubernetes.api.model.gatewayapi.v1.PolicyAncestorStatus.class))
                        .endStatus()
                        .build());
        cluster.client()
                .resources(HTTPRoute.class)
                .inNamespace("shop")
                .withName("r")
                .delete();
        await().until(() -> ancestors("order").equals(List.of("istio True Accepted")));
    }

    private void policy(String service) {
        cluster.client()
                .resource(yaml.unmarshal(
                        "---\n{apiVersion: gateway.networking.k8s.io/v1, kind: BackendTLSPolicy, metadata: {name: "
                                + service + ", namespace: shop}, spec: {targetRefs: [{group: '', kind: Service, name: "
                                + service + "}], validation: {wellKnownCACertificates: System, hostname: a.example}}}",
                        BackendTLSPolicy.class))
                .create();
    }

    private BackendTLSPolicy get(String name) {
        return cluster.client()
                .resources(BackendTLSPolicy.class)
                .inNamespace("shop")
                .withName(name)
                .get();
    }

    private List<String> ancestors(String policy) {
        BackendTLSPolicy found = get(policy);
        return found.getStatus() == null
                ? List.of()
                : found.getStatus().getAncestors().stream()
                        .map(one -> one.getAncestorRef().getName() + " "
                                + one.getConditions().get(0).getStatus() + " "
                                + one.getConditions().get(0).getReason())
                        .toList();
    }
}
