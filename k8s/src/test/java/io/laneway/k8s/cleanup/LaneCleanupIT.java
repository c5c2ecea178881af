package io.laneway.k8s.cleanup;

import static io.laneway.k8s.testkit.Made.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.discovery.DiscoveryRules;
import io.laneway.k8s.discovery.LaneStyle;
import io.laneway.k8s.host.HostRules;
import io.laneway.k8s.testkit.Cluster;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LaneCleanupIT {

    private static final List<String> EXPIRED = List.of("f-1", "master");

    private final Cluster cluster = new Cluster();
    private final KubernetesClient client = cluster.open();

    @BeforeEach
    void deploy() {
        deployment("order-f-1", "f-1", true);
        deployment("order-f-2", "f-2", true);
        deployment("order-f-1-foreign", "f-1", false);
        deployment("order-master", "master", true);
        cluster.client()
                .resource(service("order", "f-1", "http")
                        .editMetadata()
                        .addToLabels(LaneCleanup.OWNER_LABEL, "team-a")
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterEach
    void close() {
        client.close();
        cluster.close();
    }

    @Test
    void reportsAndTouchesNothingUnlessAskedTo() {
        assertThat(clean(CleanupMode.REPORT, false))
                .containsExactly("lane f-1: Deployment shop/order-f-1: scale to 0 (not done)");
        assertThat(clean(CleanupMode.DELETE, true))
                .containsExactlyInAnyOrder(
                        "lane f-1: Deployment shop/order-f-1: delete (not done)",
                        "lane f-1: Service shop/order-f-1: delete (not done)");
        assertThat(replicas("order-f-1")).isEqualTo(2);
    }

    @Test
    void scalesDownWhatIsOwnedAndExpiredButNeverTheBaseLane() {
        assertThat(clean(CleanupMode.SCALE, false)).containsExactly("lane f-1: Deployment shop/order-f-1: scale to 0");
        assertThat(replicas("order-f-1")).isZero();
        assertThat(replicas("order-f-2")).isEqualTo(2);
        assertThat(replicas("order-f-1-foreign")).isEqualTo(2);
        assertThat(replicas("order-master")).isEqualTo(2);
        assertThat(clean(CleanupMode.SCALE, false)).isEmpty();
    }

    @Test
    void deletesDeploymentAndService() {
        assertThat(clean(CleanupMode.DELETE, false)).hasSize(2);
        assertThat(replicas("order-f-1")).isNull();
        assertThat(cluster.client()
                        .services()
                        .inNamespace("shop")
                        .withName("order-f-1")
                        .get())
                .isNull();
        assertThat(replicas("order-master")).isEqualTo(2);
    }

    @Test
    void goesByNamespacesWhereTheyAreLanesAndNeverTouchesTheBaseLanes() {
        DiscoveryRules rules = new DiscoveryRules(
                "master", LaneStyle.NAMESPACES, List.of("app"), List.of("version"), "shop", "lane-", HostRules.OPEN);
        deployment("lane-f-1", "pay", "anything", true);
        deployment("f-1", "pay", "f-1", true);
        LaneCleanup broom = new LaneCleanup(client, rules, "team-a", CleanupMode.SCALE, true);

        assertThat(broom.clean(List.of("f-1", "master"), List.of()))
                .extracting(CleanupStep::toString)
                .containsExactly("lane f-1: Deployment lane-f-1/pay: scale to 0 (not done)");
    }

    @Test
    void asksForAnOwner() {
        assertThatThrownBy(() -> new LaneCleanup(client, DiscoveryRules.DEFAULT, " ", CleanupMode.DELETE, false))
                .hasMessage("owner: '' (expected: the value of label laneway.io/owner)");
    }

    private List<String> clean(CleanupMode mode, boolean dryRun) {
        return new LaneCleanup(client, DiscoveryRules.DEFAULT, "team-a", mode, dryRun)
                .clean(EXPIRED, List.of("shop")).stream()
                        .map(CleanupStep::toString)
                        .toList();
    }

    private Integer replicas(String name) {
        var found = cluster.client()
                .apps()
                .deployments()
                .inNamespace("shop")
                .withName(name)
                .get();
        return found == null ? null : found.getSpec().getReplicas();
    }

    private void deployment(String name, String lane, boolean owned) {
        deployment("shop", name, lane, owned);
    }

    private void deployment(String namespace, String name, String lane, boolean owned) {
        Map<String, String> labels = new HashMap<>(Map.of("app", "order", "version", lane));
        Map<String, String> pods = Map.copyOf(labels);
        if (owned) {
            labels.put(LaneCleanup.OWNER_LABEL, "team-a");
        }
        cluster.client()
                .resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(2)
                        .withNewTemplate()
                        .withNewMetadata()
                        .withLabels(pods)
                        .endMetadata()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
    }
}
