package io.laneway.k8s;

import static io.laneway.k8s.testkit.Made.endpoint;
import static io.laneway.k8s.testkit.Made.service;
import static io.laneway.k8s.testkit.Made.slice;
import static io.laneway.k8s.testkit.Made.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.testkit.Cluster;
import io.laneway.k8s.testkit.Overlays;
import io.laneway.k8s.testkit.Soon;
import io.laneway.router.model.Lane;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Discovery against an API server: what is created, changed and deleted is in the overlay within a second. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class KubernetesDeploymentsIT {

    private static final String APP = "test-hl-bff-lll";
    private static final String ID = APP + ".shop";
    private static final String LANE = "f-20200624-hltest-010";

    private final Cluster cluster = new Cluster();
    private final KubernetesClient client = cluster.open();
    private final Overlays overlays = new Overlays();
    private final KubernetesDeployments source = new KubernetesDeployments(client, KubernetesConfig.DEFAULT);

    @BeforeEach
    void baseIsDeployed() {
        create(service(APP, "master", "http-9000", "grpc-9001").build(), "10.0.0.1");
        source.start(overlays);
        await().until(() -> overlays.deployment(ID, "master") != null);
    }

    @AfterEach
    void close() {
        source.close();
        client.close();
        cluster.close();
    }

    @Test
    void findsALaneWithinASecondOfItsServiceAndForgetsItsDeploymentWhenTheServiceGoes() {
        Service lane = service(APP, LANE, "http-9000", "grpc-9001").build();
        create(lane, "10.0.0.2");

        await().atMost(Soon.second()).until(() -> endpoints(LANE).equals(List.of(at("10.0.0.2:9000"))));
        Deployment found = overlays.deployment(ID, LANE);
        assertThat(found.ports())
                .extracting(port -> port.name() + " " + port.number() + " " + port.protocol())
                .containsExactly("http-9000 9000 " + Protocol.HTTP1, "grpc-9001 9001 " + Protocol.H2C);
        assertThat(overlays.last().lanes()).containsExactly(Lane.named(LANE));

        cluster.client().resource(lane).delete();
        await().atMost(Soon.second()).until(() -> overlays.deployment(ID, LANE) == null);
        assertThat(overlays.deployment(ID, "master")).isNotNull();
    }

    @Test
    void aPodThatGoesUnreadyStaysInTheDeploymentAndIsNotUsable() {
        EndpointSlice slice = create(service(APP, LANE, "http-9000").build(), "10.0.0.2");
        await().until(() -> !endpoints(LANE).isEmpty());

        cluster.client()
                .resource(with(slice, endpoint("10.0.0.2", false, false, false)))
                .update();

        await().atMost(Soon.second()).until(() -> !endpoints(LANE).get(0).ready());
        assertThat(endpoints(LANE).get(0).usable()).isFalse();
        assertThat(endpoints(LANE).get(0).draining()).isFalse();
    }

    @Test
    void aPodThatTerminatesButStillServesIsDraining() {
        EndpointSlice slice = create(service(APP, LANE, "http-9000").build(), "10.0.0.2");
        await().until(() -> !endpoints(LANE).isEmpty());

        cluster.client()
                .resource(with(slice, endpoint("10.0.0.2", false, true, true)))
                .update();

        await().atMost(Soon.second()).until(() -> endpoints(LANE).get(0).draining());
        assertThat(endpoints(LANE).get(0).ready()).isTrue();
        assertThat(endpoints(LANE).get(0).usable()).isFalse();
    }

    @Test
    void keepsWhatItFoundWhileTheApiServerIsAwayAndIsRightAgainAfterwards() {
        create(service(APP, LANE, "http-9000").build(), "10.0.0.2");
        await().until(() -> !endpoints(LANE).isEmpty());
        int before = overlays.count();

        cluster.wire().cut();
        await().until(() -> !source.connected());
        create(service(APP, "f-while-away", "http-9000").build(), "10.0.0.3");
        cluster.client()
                .services()
                .inNamespace("shop")
                .withName(APP + "-" + LANE)
                .delete();
        await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        assertThat(overlays.count()).isEqualTo(before);

        cluster.wire().mend();
        await().atMost(Soon.seconds(20)).until(() -> !endpoints("f-while-away").isEmpty());
        assertThat(endpoints(LANE)).isNotEmpty();
        await().until(source::connected);
    }

    @Test
    void aBurstOfAThousandChangesBecomesFewOverlays() {
        EndpointSlice slice = create(service(APP, LANE, "http-9000").build(), "10.0.0.2");
        await().until(() -> !endpoints(LANE).isEmpty());
        int before = overlays.count();

        slice.getMetadata().setResourceVersion(null);
        long start = System.nanoTime();
        for (int i = 1; i <= 1_000; i++) {
            String address = "10.1." + i / 250 + "." + i % 250;
            cluster.client()
                    .resource(with(slice, endpoint(address, true, true, false)))
                    .update();
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);

        await().atMost(Soon.second()).until(() -> endpoints(LANE).equals(List.of(at("10.1.4.0:9000"))));
        // One overlay for each window that the burst spans, and one for its end.
        assertThat(overlays.count() - before).isLessThanOrEqualTo((int) (millis / 25) + 2);
    }

    @Test
    void anApiServerThatIsAwayAtTheStartIsWaitedFor() {
        cluster.wire().cut();
        Overlays late = new Overlays();
        try (KubernetesClient second = cluster.open();
                KubernetesDeployments waiting = new KubernetesDeployments(second, KubernetesConfig.DEFAULT)) {
            waiting.start(late);
            await().pollDelay(Duration.ofMillis(500)).until(() -> true);
            assertThat(late.count()).isZero();

            cluster.wire().mend();
            await().atMost(Soon.seconds(20)).until(() -> late.deployment(ID, "master") != null);
        }
    }

    @Test
    void watchesOnlyTheChosenNamespaces() {
        KubernetesConfig other = new KubernetesConfig(
                KubernetesConfig.DEFAULT.connection(),
                Set.of("elsewhere"),
                null,
                KubernetesConfig.DEFAULT.rules(),
                Duration.ZERO,
                null);
        Overlays elsewhere = new Overlays();
        try (KubernetesDeployments second = new KubernetesDeployments(client, other)) {
            second.start(elsewhere);
            await().until(() -> elsewhere.count() == 1);
            assertThat(elsewhere.last().services()).isEmpty();
        }
    }

    private EndpointSlice create(Service service, String... addresses) {
        cluster.client().resource(service).create();
        return cluster.client().resource(slice(service, addresses).build()).create();
    }

    private List<Endpoint> endpoints(String lane) {
        Deployment found = overlays.deployment(ID, lane);
        return found == null ? List.of() : found.ports().get(0).endpoints();
    }

    private static Endpoint at(String address) {
        return new Endpoint(address, 1, "a", true, false);
    }
}
