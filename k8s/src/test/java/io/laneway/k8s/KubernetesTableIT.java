package io.laneway.k8s;

import static io.laneway.k8s.testkit.Made.service;
import static io.laneway.k8s.testkit.Made.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.testkit.Cluster;
import io.laneway.k8s.testkit.Soon;
import io.laneway.router.decision.Decider;
import io.laneway.router.decision.Decision;
import io.laneway.router.decision.ListenerTraits;
import io.laneway.router.decision.Reason;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.LaneTable;
import io.laneway.router.request.RequestDraft;
import io.laneway.router.source.TableListener;
import io.laneway.router.table.PublishedState;
import io.laneway.router.table.TableCompiler;
import io.laneway.router.table.delta.TableDelta;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From a Service in the cluster to the decision of a gateway that discovers alone. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class KubernetesTableIT implements TableListener {

    private final List<LaneTable> tables = new CopyOnWriteArrayList<>();
    private final List<TableDelta> deltas = new CopyOnWriteArrayList<>();
    private final AtomicInteger snapshots = new AtomicInteger();
    private final List<Boolean> states = new CopyOnWriteArrayList<>();

    @Test
    void requestsReachALaneWithinASecondOfItsServiceAndFallBackWhenItIsGone() {
        try (Cluster cluster = new Cluster();
                KubernetesClient client = cluster.open();
                KubernetesTable table = new KubernetesTable(
                        new KubernetesDeployments(client, KubernetesConfig.DEFAULT), LaneTable.EMPTY)) {
            create(cluster, service("order", "master", "http-9000", "grpc-9001").build(), "10.0.0.1");
            table.start(this);
            await().until(() -> decide("f-1").equals("lane_unknown 10.0.0.1:9000"));

            Service lane = service("order", "f-1", "http-9000", "grpc-9001").build();
            create(cluster, lane, "10.0.0.2");
            await().atMost(Soon.second())
                    .untilAsserted(() -> assertThat(decide("f-1")).isEqualTo("lane 10.0.0.2:9000"));

            cluster.client()
                    .discovery()
                    .v1()
                    .endpointSlices()
                    .inNamespace("shop")
                    .withName("order-f-1-abc")
                    .delete();
            await().atMost(Soon.second())
                    .untilAsserted(() -> assertThat(decide("f-1")).isEqualTo("fallback_unready 10.0.0.1:9000"));

            create(cluster, service("pay", "f-1", "http-80").build(), "10.0.0.3");
            cluster.client().resource(lane).delete();
            await().atMost(Soon.second())
                    .untilAsserted(() -> assertThat(decide("f-1")).isEqualTo("fallback_absent 10.0.0.1:9000"));

            assertThat(tables).extracting(LaneTable::revision).isSorted().doesNotHaveDuplicates();
            assertThat(snapshots).hasValue(1);
            assertThat(deltas)
                    .allSatisfy(delta -> assertThat(delta.changes().toString()).doesNotContain("10.0.0.1"));

            table.resync();
            await().until(() -> snapshots.get() == 2);
            assertThat(decide("f-1")).isEqualTo("fallback_absent 10.0.0.1:9000");
            await().until(() -> states.contains(true));
            cluster.wire().cut();
            await().until(() -> !states.get(states.size() - 1));
            assertThat(decide("")).isEqualTo("base 10.0.0.1:9000");
        }
    }

    private static void create(Cluster cluster, Service service, String address) {
        cluster.client().resource(service).create();
        cluster.client().resource(slice(service, address).build()).create();
    }

    private String decide(String lane) {
        if (tables.isEmpty()) {
            return "";
        }
        RequestDraft request = new RequestDraft("order.shop.svc.cluster.local:9000", "/");
        if (!lane.isEmpty()) {
            request.header("trace-branch", lane);
        }
        Decision<PublishedState, Void> decision = new Decision<>();
        new Decider()
                .decide(
                        TableCompiler.published(tables.get(tables.size() - 1)),
                        ListenerTraits.INTERNAL,
                        request,
                        decision);
        Reason reason = decision.reason();
        return decision.port() == null || decision.port().port().endpoints().isEmpty()
                ? reason.word()
                : reason.word() + " "
                        + decision.port().port().endpoints().get(0).address();
    }

    @Override
    public void snapshot(String store, LaneTable table) {
        snapshots.incrementAndGet();
        tables.add(table);
    }

    @Override
    public void delta(String store, TableDelta delta) {
        deltas.add(delta);
        tables.add(delta.applyTo(tables.get(tables.size() - 1)).orElseThrow(IllegalStateException::new));
    }

    @Override
    public void refused(List<Problem> problems) {
        throw new AssertionError(problems.toString());
    }

    @Override
    public void connected(boolean connected, String detail) {
        states.add(connected);
    }
}
