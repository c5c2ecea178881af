package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.model.Lane;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import io.laneway.router.source.DeploymentSource;
import io.laneway.testkit.Crowd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A discovery as large as a cluster: what one change costs must not be what the cluster costs. */
class FoundClusterIT {

    private static final int SERVICES = Integer.getInteger("laneway.cluster.services", 100);
    private static final int LANES = 10;
    private static final int CHANGES = Integer.getInteger("laneway.cluster.changes", 60);

    @TempDir
    Path directory;

    private final Found found = new Found();

    /** A discovery that the test speaks for. */
    private static final class Found implements DeploymentSource {
        private volatile Consumer<Overlay> listener = overlay -> {};

        @Override
        public String name() {
            return "cluster";
        }

        @Override
        public void start(Consumer<Overlay> listener) {
            this.listener = listener;
        }

        @Override
        public void close() {}
    }

    @Test
    @Timeout(value = 600, unit = TimeUnit.SECONDS)
    void aChangeOfOneServiceIsWrittenAndPublishedForThatServiceAlone() throws Exception {
        List<Service> services = new ArrayList<>();
        for (int i = 0; i < SERVICES; i++) {
            services.add(service(i, 0));
        }
        List<Lane> lanes = new ArrayList<>();
        for (int lane = 1; lane < LANES; lane++) {
            lanes.add(Lane.named("f-" + lane));
        }
        List<Long> times = new ArrayList<>();
        try (TestControl control =
                TestControl.start(ControlConfig.in(directory, 0).with(List.of(found), List.of()))) {
            control.put("/v1/lanes/other", "{}");
            try (TestWatch watch = control.watch("?from=1")) {
                found.listener.accept(new DeploymentSource.Overlay(lanes, services));
                assertThat(watch.next().id()).isEqualTo(2);
                for (int change = 1; change <= CHANGES; change++) {
                    services.set(change % SERVICES, service(change % SERVICES, change));
                    long before = System.nanoTime();
                    found.listener.accept(new DeploymentSource.Overlay(lanes, services));
                    TestWatch.Event event = watch.next();
                    times.add(System.nanoTime() - before);
                    assertThat(event.id()).isEqualTo(change + 2);
                    assertThat(event.data().encode()).hasSizeLessThan(8_000).contains("10.1." + change + ".");
                }
            }
            assertThat(control.get("/v1/table").body()).doesNotContain("10.1.");
        }
        times.sort(Long::compare);
        Duration p50 = Duration.ofNanos(times.get(times.size() / 2));
        System.getLogger("cluster").log(System.Logger.Level.INFO, "p50 " + p50.toMillis() + " ms");
        assertThat(p50).isLessThan(Crowd.allows(Duration.ofMillis(50)));
        try (TestControl again = TestControl.start(ControlConfig.in(directory, 0))) {
            assertThat(again.post("/v1/explain", "{\"service\": \"s" + CHANGES % SERVICES + ".shop\"}")
                            .body())
                    .contains("10.1." + CHANGES + ".");
        }
    }

    private static Service service(int number, int round) {
        List<Deployment> deployments = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            Endpoint endpoint =
                    Endpoint.at("10." + (round == 0 ? 0 : 1) + "." + round % 250 + "." + (lane + 1) + ":80");
            deployments.add(Deployment.of(lane == 0 ? "master" : "f-" + lane, Protocol.AUTO, List.of(endpoint)));
        }
        return new Service(new ServiceId("s" + number, "shop"), List.of(), null, deployments, Policy.DEFAULT);
    }
}
