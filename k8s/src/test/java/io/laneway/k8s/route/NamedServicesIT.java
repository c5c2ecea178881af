package io.laneway.k8s.route;

import static io.laneway.k8s.testkit.Made.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.SupportedFeature;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.laneway.k8s.discovery.DiscoveryRules;
import io.laneway.k8s.finding.NotedFindings;
import io.laneway.k8s.host.HostOwners;
import io.laneway.k8s.testkit.Edits;
import io.laneway.k8s.testkit.FakeEditor;
import io.laneway.k8s.testkit.RuledCluster;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Labels and annotations of a Gateway's {@code infrastructure} on a Service in its own namespace. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NamedServicesIT {

    private static final String FEATURE = "GatewayInfrastructurePropagation";

    private final RuledCluster cluster = new RuledCluster();
    private final KubernetesClient client = cluster.open();
    private final EdgeRoutes routes = new EdgeRoutes(
            client,
            new FakeEditor(),
            "*",
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
    void aServiceBesideTheGatewayHasItsLabelsAndAnnotationsForAsLongAsItAsks() {
        edge();
        start("{labels: {team: a, app: laneway-gateway, laneway.io/role: edge}, annotations: {example.com/x: y}}");

        await().until(() -> named().size() == 1);
        Service made = named().get(0);
        assertThat(made.getMetadata().getName()).isEqualTo("laneway-laneway");
        assertThat(made.getMetadata().getLabels())
                .containsEntry("team", "a")
                .doesNotContainKeys("app", "laneway.io/role");
        assertThat(made.getMetadata().getAnnotations())
                .containsEntry("example.com/x", "y")
                .containsEntry("laneway.io/ignore", "true");
        assertThat(made.getMetadata().getOwnerReferences())
                .singleElement()
                .extracting("kind", "name")
                .containsExactly("Gateway", "laneway");
        assertThat(made.getSpec().getType()).isEqualTo("ExternalName");
        assertThat(made.getSpec().getExternalName()).isEqualTo("edge.laneway.svc.cluster.local");
        await().until(() -> features().contains(FEATURE));

        Edits.edit(gateway(), one -> {
            one.getSpec().getInfrastructure().setLabels(Map.of("team", "b"));
            return one;
        });
        await().until(() -> "b".equals(named().get(0).getMetadata().getLabels().get("team")));
        Edits.edit(gateway(), one -> {
            one.getSpec().setInfrastructure(null);
            return one;
        });
        await().until(() -> named().isEmpty());
    }

    @Test
    void aServiceOfAnotherThatHasTheNameStays() {
        edge();
        Service theirs = service("laneway-laneway", null, "http").build();
        cluster.client().resource(theirs).create();
        start("{labels: {team: a}}");

        await().until(() -> cluster.server().writes().contains("POST /api/v1/namespaces/shop/services"));
        await().until(() -> gateway().get().getStatus().getConditions().stream()
                .anyMatch(one ->
                        one.getType().equals("Accepted") && one.getStatus().equals("True")));
        Service found = cluster.client().resource(theirs).get();
        assertThat(found.getMetadata().getLabels()).doesNotContainKey("team");
        assertThat(found.getSpec().getSelector()).isNotEmpty();
    }

    @Test
    void theFeatureIsReportedWhereServicesMayBeMade() {
        cluster.server().deny("services");
        edge();
        start("{}");
        await().until(() -> features().contains("Gateway"));
        assertThat(features()).doesNotContain(FEATURE);
    }

    private void edge() {
        cluster.client()
                .resource(service("edge", null, "http")
                        .editMetadata()
                        .withNamespace("laneway")
                        .withLabels(Map.of("app", "laneway-gateway", "laneway.io/role", "edge"))
                        .endMetadata()
                        .editSpec()
                        .withClusterIP("10.96.0.1")
                        .endSpec()
                        .build())
                .create();
    }

    private void start(String infrastructure) {
        GatewayObjects.create(
                cluster.client(),
                "shop",
                "{name: http, port: 80, protocol: HTTP}], infrastructure: " + infrastructure + ", addresses: [");
        routes.start();
    }

    private List<Service> named() {
        return cluster.client()
                .services()
                .inNamespace("shop")
                .withLabel("gateway.networking.k8s.io/gateway-name", "laneway")
                .list()
                .getItems();
    }

    private List<String> features() {
        GatewayClass found = cluster.client()
                .resources(GatewayClass.class)
                .withName("laneway")
                .get();
        return found.getStatus() == null
                ? List.of()
                : found.getStatus().getSupportedFeatures().stream()
                        .map(SupportedFeature::getName)
                        .toList();
    }

    private Resource<Gateway> gateway() {
        return cluster.client().resources(Gateway.class).inNamespace("shop").withName("laneway");
    }
}
