package io.laneway.k8s.proxied;

import static io.laneway.k8s.testkit.Made.service;
import static io.laneway.k8s.testkit.Made.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.KubernetesConfig;
import io.laneway.k8s.KubernetesDeployments;
import io.laneway.k8s.testkit.Cluster;
import io.laneway.k8s.testkit.Overlays;
import io.laneway.router.model.Endpoint;
import io.laneway.router.source.DeploymentSource.Overlay;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ProxyInstallerIT {

    private static final ProxySettings SETTINGS =
            new ProxySettings("master", ProxySettings.DEFAULT.selector(), 8080, Duration.ofSeconds(5));

    private final Cluster cluster = new Cluster();
    private final KubernetesClient client = cluster.open();
    private final ProxyInstaller installer = new ProxyInstaller(client, SETTINGS);
    private final Service order = service("order", null, "http-9000").build();

    @BeforeEach
    void baseAndGatewayRun() {
        order.getSpec().getPorts().get(0).setTargetPort(new IntOrString("web"));
        cluster.client().resource(order).create();
        cluster.client().resource(slice(order, "10.0.0.1").build()).create();
        cluster.client()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName("gateway-1")
                        .withLabels(SETTINGS.selector())
                        .endMetadata()
                        .withNewStatus()
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build())
                .create();
    }

    @AfterEach
    void close() {
        client.close();
        cluster.close();
    }

    @Test
    void installsAndRemovesWhileTheBaseLaneHasItsPodsAtEveryMoment() {
        List<Overlay> overlays = new CopyOnWriteArrayList<>();
        try (KubernetesDeployments source = new KubernetesDeployments(client, KubernetesConfig.DEFAULT)) {
            source.start(overlays::add);
            await().until(() -> !overlays.isEmpty());

            CompletableFuture<Void> install =
                    CompletableFuture.runAsync(() -> installer.install("shop", "order", () -> true));
            await().until(() -> get("order-master") != null);
            assertThat(get("order").getSpec().getSelector()).isEqualTo(Map.of("app", "order"));
            endpointsFollow("order-master", "10.0.0.1");
            install.join();

            assertThat(get("order").getSpec().getSelector()).isEqualTo(SETTINGS.selector());
            assertThat(get("order").getSpec().getPorts().get(0).getTargetPort()).isEqualTo(new IntOrString(8080));
            assertThat(get("order-master").getSpec().getPorts().get(0).getTargetPort())
                    .isEqualTo(new IntOrString("web"));
            endpointsFollow("order", "10.0.0.99");

            CompletableFuture<Void> remove =
                    CompletableFuture.runAsync(() -> installer.remove("shop", "order", () -> true));
            await().until(() -> get("order").getSpec().getSelector().equals(Map.of("app", "order")));
            assertThat(get("order-master")).isNotNull();
            endpointsFollow("order", "10.0.0.1");
            remove.join();
            assertThat(get("order-master")).isNull();
            assertThat(get("order").getSpec().getPorts().get(0).getTargetPort()).isEqualTo(new IntOrString("web"));
            assertThat(get("order").getMetadata().getAnnotations()).isNullOrEmpty();

            await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            assertThat(overlays).allSatisfy(overlay -> assertThat(base(overlay)).containsExactly("10.0.0.1:9000"));
        }
    }

    @Test
    void whatWasInterruptedHalfWayIsDoneAgainByTheSameCallAndOnceMoreDoesNoHarm() {
        BooleanSupplier interrupted = () -> {
            throw new IllegalStateException("interrupted");
        };
        CompletableFuture<Void> install =
                CompletableFuture.runAsync(() -> installer.install("shop", "order", interrupted));
        await().until(() -> get("order-master") != null);
        endpointsFollow("order-master", "10.0.0.1");
        assertThatThrownBy(install::join).hasMessageContaining("interrupted");
        assertThat(get("order").getSpec().getSelector()).isEqualTo(Map.of("app", "order"));
        installer.install("shop", "order", () -> true);
        installer.install("shop", "order", interrupted);
        assertThat(get("order").getSpec().getSelector()).isEqualTo(SETTINGS.selector());

        CompletableFuture<Void> remove =
                CompletableFuture.runAsync(() -> installer.remove("shop", "order", interrupted));
        await().until(() -> get("order").getSpec().getSelector().equals(Map.of("app", "order")));
        assertThatThrownBy(remove::join).hasMessageContaining("interrupted");
        assertThat(get("order-master")).isNotNull();
        installer.remove("shop", "order", () -> true);
        installer.remove("shop", "order", () -> true);
        assertThat(get("order-master")).isNull();
        assertThat(get("order").getSpec().getSelector()).isEqualTo(Map.of("app", "order"));
    }

    @Test
    void doesNotPointAtTheGatewayBeforeItKnowsTheBasePods() {
        ProxySettings soon = new ProxySettings("master", SETTINGS.selector(), 8080, Duration.ofSeconds(2));
        CompletableFuture<Void> install = CompletableFuture.runAsync(
                () -> new ProxyInstaller(client, soon).install("shop", "order", () -> false));
        await().until(() -> get("order-master") != null);
        endpointsFollow("order-master", "10.0.0.1");
        assertThatThrownBy(install::join).hasMessageContaining("no gateways that know order-master after 2 s");
        assertThat(get("order").getSpec().getSelector()).isEqualTo(Map.of("app", "order"));
    }

    @Test
    void refusesASecondServiceOfThatNameThatSelectsOtherPods() {
        cluster.client()
                .resource(service("order", "master", "http-9000").build())
                .create();
        assertThatThrownBy(() -> installer.install("shop", "order", () -> true))
                .hasMessage(
                        "Service shop/order-master: selects other pods than order (expected: the same, or no such Service)");
        assertThatThrownBy(() -> installer.install("shop", "nobody", () -> true))
                .hasMessageContaining("not there");
    }

    /** What the endpoint controller of a real cluster does. */
    private void endpointsFollow(String name, String address) {
        var slice = slice(get(name), address).build();
        slice.getMetadata().setResourceVersion(null);
        var slices = cluster.client().discovery().v1().endpointSlices().inNamespace("shop");
        if (slices.withName(slice.getMetadata().getName()).get() == null) {
            cluster.client().resource(slice).create();
        } else {
            cluster.client().resource(slice).update();
        }
    }

    private Service get(String name) {
        return cluster.client().services().inNamespace("shop").withName(name).get();
    }

    private static List<String> base(Overlay overlay) {
        return Overlays.deployment(overlay, "order.shop", "master").ports().get(0).endpoints().stream()
                .map(Endpoint::address)
                .toList();
    }
}
