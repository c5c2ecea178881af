package io.laneway.k8s.uninstall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.laneway.k8s.KubernetesConfig;
import io.laneway.k8s.pointing.GatewayPods;
import io.laneway.k8s.resource.CustomKind;
import io.laneway.k8s.testkit.api.DeployTool;
import io.laneway.k8s.testkit.api.ProxiedShop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class UninstallIT {

    private static final String ORDER = """
        {"apiVersion": "v1", "kind": "Service",
         "metadata": {"name": "order", "labels": {"app": "order"}, "annotations": {"laneway.io/proxied": "true"}},
         "spec": {"selector": {"app": "order"}, "ports": [{"name": "http-9000", "port": 9000, "targetPort": "web"}]}}
        """;

    private final ProxiedShop shop = new ProxiedShop(30, KubernetesConfig.DEFAULT);
    private final List<String> said = new ArrayList<>();

    UninstallIT() throws IOException {}

    @BeforeEach
    void everythingIsInstalled() {
        shop.pod("order-1", "10.0.0.1", Map.of("app", "order"));
        shop.gateway();
        new DeployTool(shop.api().url(), "shop").kubectlApply(ORDER);
        await().until(() -> shop.get("order").getSpec().getSelector().equals(GatewayPods.DEFAULT.selector()));
        create(CustomKind.LANE, "f-1");
        create(CustomKind.TENANT_SHIFT, "default");
        for (String plural : List.of("lanes", "tenantshifts")) {
            shop.client()
                    .resource(new CustomResourceDefinitionBuilder()
                            .withNewMetadata()
                            .withName(plural + ".laneway.io")
                            .endMetadata()
                            .build())
                    .create();
        }
        shop.client()
                .resource(new MutatingWebhookConfigurationBuilder()
                        .withNewMetadata()
                        .withName("release-webhook")
                        .endMetadata()
                        .addNewWebhook()
                        .withName("services.laneway.io")
                        .endWebhook()
                        .build())
                .create();
        shop.client()
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName("laneway-laneway")
                        .addToLabels("laneway.io/names-gateway", "true")
                        .addToAnnotations("laneway.io/ignore", "true")
                        .endMetadata()
                        .withNewSpec()
                        .withType("ExternalName")
                        .withExternalName("edge.laneway.svc.cluster.local")
                        .endSpec()
                        .build())
                .create();
        shop.callAllTheTime();
        shop.api().writes().clear();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void takesEverythingBackServicesFirstWithoutAControlApiAndWithoutALostCall() {
        shop.stopControl();

        new Uninstall(shop.client(), Duration.ofMillis(500), false, said::add).run();

        assertThat(shop.get("order").getSpec().getSelector()).isEqualTo(Map.of("app", "order"));
        assertThat(shop.get("order").getMetadata().getAnnotations()).doesNotContainKey("laneway.io/proxied");
        assertThat(shop.get("order-master")).isNull();
        assertThat(shop.client()
                        .genericKubernetesResources(CustomKind.LANE.context())
                        .inAnyNamespace()
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(said)
                .containsExactly(
                        "Service shop/order: points at its own pods",
                        "Service shop/laneway-laneway: deleted",
                        "MutatingWebhookConfiguration release-webhook: deleted",
                        "TenantShift shop/default: deleted",
                        "Lane shop/f-1: deleted",
                        "CustomResourceDefinition lanes.laneway.io: deleted",
                        "CustomResourceDefinition tenantshifts.laneway.io: deleted");
        assertThat(shop.lost()).isEmpty();
        said.clear();
        new Uninstall(shop.client(), Duration.ofMillis(500), false, said::add).run();
        assertThat(said).isEmpty();
    }

    @Test
    void aControlApiThatRunsDoesItsPart() {
        new Uninstall(shop.client(), Duration.ofSeconds(2), false, said::add).run();

        assertThat(shop.get("order").getSpec().getSelector()).isEqualTo(Map.of("app", "order"));
        assertThat(shop.get("order-master")).isNull();
        assertThat(shop.lost()).isEmpty();
    }

    @Test
    void aDryRunSaysTheSameAndWritesNothing() {
        new Uninstall(shop.client(), Duration.ofMillis(500), true, said::add).run();

        assertThat(said).hasSize(7).allMatch(line -> line.endsWith("(not done)"));
        assertThat(shop.api().writes()).isEmpty();
    }

    private void create(CustomKind kind, String name) {
        GenericKubernetesResource object = new GenericKubernetesResourceBuilder()
                .withApiVersion(CustomKind.GROUP + "/" + CustomKind.VERSION)
                .withKind(kind.kind())
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .withFinalizers(CustomKind.FINALIZER)
                .endMetadata()
                .build();
        shop.client().resource(object).create();
    }
}
