package io.laneway.k8s.client;

import static io.laneway.k8s.testkit.Made.service;
import static io.laneway.k8s.testkit.Made.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.KubernetesConfig;
import io.laneway.k8s.KubernetesDeployments;
import io.laneway.k8s.testkit.Cluster;
import io.laneway.k8s.testkit.Overlays;
import io.laneway.k8s.testkit.Soon;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LeadershipIT {

    @Test
    void oneOfTwoReplicasDiscoversAndTheOtherTakesOver() {
        Overlays first = new Overlays();
        Overlays second = new Overlays();
        AtomicInteger duties = new AtomicInteger();
        try (Cluster cluster = new Cluster();
                KubernetesClient one = cluster.open();
                KubernetesClient two = cluster.open()) {
            Service order = service("order", "f-1", "http-80").build();
            cluster.client().resource(order).create();
            cluster.client().resource(slice(order, "10.0.0.1").build()).create();
            KubernetesDeployments leader = new KubernetesDeployments(one, config("one")).alongside(() -> {
                duties.incrementAndGet();
                return duties::decrementAndGet;
            });
            leader.start(first);
            await().until(() -> first.count() > 0);
            assertThat(duties).hasValue(1);
            try (KubernetesDeployments standby = new KubernetesDeployments(two, config("two"))) {
                standby.start(second);
                await().pollDelay(Duration.ofMillis(600)).until(() -> true);
                assertThat(second.count()).isZero();
                assertThat(standby.connected()).isFalse();

                leader.close();
                assertThat(duties).hasValue(0);
                await().atMost(Soon.seconds(10)).until(() -> second.deployment("order.shop", "f-1") != null);
            }
        }
    }

    @Test
    void timesThatCannotWorkAreRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new LeaderSettings("a", "b", "c", second, second, second))
                .hasMessageContaining("expected: lease > renew > retry");
        assertThatThrownBy(() -> new LeaderSettings("a", "b", " ")).hasMessageContaining("none of them blank");
    }

    private static KubernetesConfig config(String identity) {
        LeaderSettings leader = new LeaderSettings(
                "laneway",
                "laneway-discovery",
                identity,
                Duration.ofSeconds(2),
                Duration.ofMillis(1500),
                Duration.ofMillis(200));
        KubernetesConfig usual = KubernetesConfig.DEFAULT;
        return new KubernetesConfig(usual.connection(), Set.of(), null, usual.rules(), usual.window(), leader);
    }
}
