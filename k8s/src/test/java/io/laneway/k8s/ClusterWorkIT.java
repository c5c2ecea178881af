package io.laneway.k8s;

import static io.laneway.k8s.testkit.Made.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.laneway.k8s.cleanup.CleanupMode;
import io.laneway.k8s.cleanup.LaneCleanup;
import io.laneway.k8s.finding.Finding;
import io.laneway.k8s.finding.NotedFindings;
import io.laneway.k8s.proxied.GatewayView;
import io.laneway.k8s.route.GatewayObjects;
import io.laneway.k8s.testkit.Cluster;
import io.laneway.k8s.testkit.FakeEditor;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.source.TableEditor;
import io.laneway.router.table.delta.TableChange.PutLane;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ClusterWorkIT {

    private static final ClusterDuties ALL = new ClusterDuties(
            "control-0",
            "laneway",
            true,
            new ClusterDuties.Cleanup(CleanupMode.DELETE, "team-a", false, Duration.ofMillis(100)));
    private static final String ROUTE = """
        {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {namespace: shop, name: r}, spec: {
          parentRefs: [{name: laneway}], rules: [{backendRefs: [{name: order, port: 80}]}]}}
        """;

    private final FakeEditor editor = new FakeEditor();
    private final CompletableFuture<TableEditor> door = new CompletableFuture<>();

    @Test
    void doesEveryDutyAsSoonAsThereIsATableAndNoneBefore() {
        try (Cluster cluster = new Cluster();
                KubernetesClient client = cluster.open()) {
            cluster.client().resource(service("order", null, "http").build()).create();
            GatewayObjects.create(cluster.client(), "shop", "{name: http, port: 80, protocol: HTTP}");
            cluster.client()
                    .resource(service("order", "f-1", "http")
                            .editMetadata()
                            .addToLabels(LaneCleanup.OWNER_LABEL, "team-a")
                            .endMetadata()
                            .build())
                    .create();
            cluster.client()
                    .resource(new KubernetesSerialization().unmarshal("---\n" + ROUTE, HTTPRoute.class))
                    .create();
            editor.apply("test", "", List.of(new PutLane(expired("f-1"))));
            Finding leak = new Finding(Finding.Kind.LEAK, "shop/order", "its selector also selects");

            ClusterWork work = work(client, leak);
            try (work) {
                assertThat(editor.current().routes()).isEmpty();
                assertThat(serviceOfLane(cluster)).isTrue();
                door.complete(editor);

                await().until(() -> editor.current().routes().size() == 1);
                await().until(() -> !serviceOfLane(cluster));
                await().until(() -> !cluster.client()
                        .events()
                        .v1()
                        .events()
                        .inNamespace("shop")
                        .list()
                        .getItems()
                        .isEmpty());
            }
        }
    }

    @Test
    void doesNothingOnceClosedThoughATableComes() {
        try (Cluster cluster = new Cluster();
                KubernetesClient client = cluster.open()) {
            work(client, new Finding(Finding.Kind.LEAK, "shop/order", "x")).close();

            door.complete(editor);

            assertThat(editor.calls()).isZero();
        }
    }

    private ClusterWork work(KubernetesClient client, Finding finding) {
        return new ClusterWork(
                client,
                KubernetesConfig.DEFAULT,
                ALL,
                door,
                facts(finding),
                revision -> new GatewayView.Applied(0, 0),
                Clock.systemUTC());
    }

    private static ClusterFacts facts(Finding finding) {
        NotedFindings noted = new NotedFindings();
        return new ClusterFacts() {
            @Override
            public List<Finding> findings() {
                List<Finding> all = new ArrayList<>(noted.all());
                all.add(finding);
                return all;
            }

            @Override
            public NotedFindings noted() {
                return noted;
            }
        };
    }

    private static boolean serviceOfLane(Cluster cluster) {
        return cluster.client()
                        .services()
                        .inNamespace("shop")
                        .withName("order-f-1")
                        .get()
                != null;
    }

    private static Lane expired(String name) {
        return new Lane(name, null, LaneMode.PERMISSIVE, "", null, false, LaneState.EXPIRED);
    }
}
