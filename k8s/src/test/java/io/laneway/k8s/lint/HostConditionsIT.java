package io.laneway.k8s.lint;

import static io.laneway.k8s.testkit.Made.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.ClusterDuties;
import io.laneway.k8s.ClusterWork;
import io.laneway.k8s.KubernetesConfig;
import io.laneway.k8s.KubernetesDeployments;
import io.laneway.k8s.proxied.GatewayView;
import io.laneway.k8s.testkit.Cluster;
import io.laneway.k8s.testkit.FakeEditor;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostConditionsIT {

    private static final ClusterDuties EVENTS = new ClusterDuties("control-0", null, true, null);

    private final Cluster cluster = new Cluster();

    @Test
    void theLoserOfAHostHasAConditionAnEventAndAFindingUntilTheHostIsFree() {
        cluster.client().resource(claim("shop", "order")).create();
        cluster.client().resource(claim("zzz", "evil")).create();
        try (KubernetesClient client = cluster.open();
                KubernetesDeployments deployments = new KubernetesDeployments(client, KubernetesConfig.DEFAULT)) {
            deployments.start(overlay -> {});
            try (ClusterWork work = work(client, deployments)) {
                await().until(() ->
                        condition("zzz", "evil").startsWith("False Refused host 'order.example' is already"));
                await().until(() -> events("zzz").contains("HostTaken"));
                assertThat(deployments.findings())
                        .extracting(finding -> finding.object() + " " + finding.kind())
                        .contains("zzz/evil HOST_TAKEN");
                assertThat(condition("shop", "order")).isEmpty();
                assertThat(work).isNotNull();
            }
            // Another control API, which did not write the condition itself, takes it back.
            try (ClusterWork work = work(client, deployments)) {
                cluster.client()
                        .services()
                        .inNamespace("shop")
                        .withName("order")
                        .delete();
                await().until(() -> condition("zzz", "evil").equals("True Granted it has every host that it claims"));
                assertThat(work).isNotNull();
            }
        } finally {
            cluster.close();
        }
    }

    private static ClusterWork work(KubernetesClient client, KubernetesDeployments deployments) {
        return new ClusterWork(
                client,
                KubernetesConfig.DEFAULT,
                EVENTS,
                CompletableFuture.completedFuture(new FakeEditor()),
                deployments,
                revision -> new GatewayView.Applied(0, 0),
                Clock.systemUTC());
    }

    private static Service claim(String namespace, String name) {
        return service(name, null, "http")
                .editMetadata()
                .withNamespace(namespace)
                .addToAnnotations("laneway.io/hosts", "order.example")
                .endMetadata()
                .build();
    }

    private String condition(String namespace, String name) {
        Service service = cluster.client()
                .services()
                .inNamespace(namespace)
                .withName(name)
                .get();
        if (service.getStatus() == null) {
            return "";
        }
        Condition condition = service.getStatus().getConditions().stream()
                .filter(one -> one.getType().equals("laneway.io/HostsAccepted"))
                .findFirst()
                .orElseThrow();
        return condition.getStatus() + " " + condition.getReason() + " " + condition.getMessage();
    }

    private List<String> events(String namespace) {
        return cluster.client().events().v1().events().inNamespace(namespace).list().getItems().stream()
                .map(event -> event.getReason())
                .toList();
    }
}
