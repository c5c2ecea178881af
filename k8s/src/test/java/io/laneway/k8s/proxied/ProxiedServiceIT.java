package io.laneway.k8s.proxied;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.laneway.k8s.KubernetesConfig;
import io.laneway.k8s.pointing.GatewayPods;
import io.laneway.k8s.testkit.Soon;
import io.laneway.k8s.testkit.api.DeployTool;
import io.laneway.k8s.testkit.api.ProxiedShop;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Wanted, kept and taken back by what is there, whatever tool writes the Service meanwhile; no webhook here. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ProxiedServiceIT {

    private static final String ORDER = """
            {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "order", "labels": {"app": "order"}},
             "spec": {"selector": {"app": "order"}, "ports": [{"name": "http-9000", "port": 9000, "targetPort": "web"}]}}
            """;

    private final ProxiedShop shop = new ProxiedShop(30, KubernetesConfig.DEFAULT);
    private final DeployTool tool = new DeployTool(shop.api().url(), "shop");

    ProxiedServiceIT() throws IOException {}

    @BeforeEach
    void baseAndGatewayRun() {
        shop.pod("order-1", "10.0.0.1", Map.of("app", "order"));
        shop.gateway();
        tool.kubectlApply(ORDER);
        shop.callAllTheTime();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void isInstalledByItsAnnotationAndTakenBackWithItWithoutALostCall() {
        tool.annotate("order", "laneway.io/proxied", "true");
        await().until(this::pointed);
        assertThat(shop.get("order-master").getSpec().getSelector()).isEqualTo(Map.of("app", "order"));
        assertThat(shop.get("order-master").getSpec().getPorts().get(0).getTargetPort())
                .isEqualTo(new IntOrString("web"));

        tool.annotate("order", "laneway.io/proxied", null);
        await().until(() -> shop.get("order-master") == null);
        assertThat(shop.get("order").getSpec().getSelector()).isEqualTo(Map.of("app", "order"));
        assertThat(shop.get("order").getSpec().getPorts().get(0).getTargetPort())
                .isEqualTo(new IntOrString("web"));
        assertThat(shop.get("order").getMetadata().getAnnotations())
                .containsOnlyKeys("kubectl.kubernetes.io/last-applied-configuration");
        assertThat(shop.lost()).isEmpty();
        assertThat(shop.calls()).isPositive();
    }

    @Test
    void anApplyOfTheUnchangedManifestIsMendedWithinASecond() {
        tool.annotate("order", "laneway.io/proxied", "true");
        await().until(this::pointed);

        tool.kubectlApply(ORDER);

        await().atMost(Soon.second()).until(this::pointed);
        assertThat(shop.get("order-master").getSpec().getSelector()).isEqualTo(Map.of("app", "order"));
        assertThat(shop.get("order-master").getSpec().getPorts().get(0).getTargetPort())
                .isEqualTo(new IntOrString("web"));
    }

    private boolean pointed() {
        Service order = shop.get("order");
        return order.getSpec().getSelector().equals(GatewayPods.DEFAULT.selector())
                && order.getSpec().getPorts().get(0).getTargetPort().equals(new IntOrString(8080));
    }
}
