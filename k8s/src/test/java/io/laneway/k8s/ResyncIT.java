package io.laneway.k8s;

import static io.laneway.k8s.testkit.Made.endpoint;
import static io.laneway.k8s.testkit.Made.service;
import static io.laneway.k8s.testkit.Made.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.client.Clients;
import io.laneway.k8s.client.Connection;
import io.laneway.k8s.testkit.FakeApiServer;
import io.laneway.k8s.testkit.Overlays;
import io.laneway.k8s.testkit.Soon;
import io.laneway.router.source.DeploymentSource.Overlay;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Discovery against an API server that goes away, forgets, and is large. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ResyncIT {

    private static final int SERVICES = 800;
    private static final int LANES = 10;
    private static final long MEBIBYTE = 1 << 20;

    private final Overlays overlays = new Overlays();
    private final Service lane = service("order", "f-1", "http-80").build();
    private FakeApiServer api;
    private KubernetesClient client;
    private KubernetesDeployments source;

    @BeforeEach
    void start() throws IOException {
        api = new FakeApiServer();
        client = Clients.open(new Connection(null, null, api.url(), null, null));
        source = new KubernetesDeployments(client, KubernetesConfig.DEFAULT);
    }

    @AfterEach
    void close() {
        source.close();
        client.close();
        api.close();
    }

    @Test
    void whatHappenedWhileTheApiServerWasAwayIsCaughtUpFromTheWatchesPlace() throws IOException {
        put(lane, "10.0.0.1");
        discover();
        int lists = api.lists();

        api.stop();
        await().until(() -> !source.connected());
        api.delete(lane);
        put(service("order", "f-2", "http-80").build(), "10.0.0.2");
        api.start();

        await().atMost(Soon.seconds(15)).until(() -> usable("f-2") && overlays.deployment("order.shop", "f-1") == null);
        assertThat(api.lists()).as("lists").isEqualTo(lists);
    }

    @Test
    void whatHappenedBeforeTheApiServersMemoryIsListedAgainWithoutAGap() throws IOException {
        put(lane, "10.0.0.1");
        discover();
        int lists = api.lists();

        api.stop();
        await().until(() -> !source.connected());
        api.delete(lane);
        put(service("order", "f-2", "http-80").build(), "10.0.0.2");
        api.compact();
        api.start();

        await().atMost(Soon.seconds(15)).until(() -> usable("f-2") && overlays.deployment("order.shop", "f-1") == null);
        assertThat(api.lists()).as("lists").isGreaterThan(lists);
        put(service("order", "f-3", "http-80").build(), "10.0.0.3");
        await().atMost(Soon.second()).until(() -> usable("f-3"));
    }

    @Test
    void eightHundredServicesOfTenLanesAreListedWithinTenSecondsAnd256MebibytesAndThenAChangeIsQuick() {
        for (int i = 0; i < SERVICES * LANES; i++) {
            put(
                    service("app-" + i / LANES, i % LANES == 0 ? "master" : "f-" + i % LANES, "http-80", "grpc-81")
                            .build(),
                    "10." + i / 62_500 + "." + i / 250 % 250 + "." + i % 250);
        }
        long before = used();

        long start = System.nanoTime();
        source.start(overlays);
        await().atMost(Soon.seconds(10)).until(() -> overlays.count() > 0);
        long ready = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        long held = (used() - before) / MEBIBYTE;

        Overlay all = overlays.last();
        assertThat(all.services())
                .hasSize(SERVICES)
                .allSatisfy(one -> assertThat(one.deployments()).hasSize(LANES));
        assertThat(all.lanes()).hasSize(LANES - 1);
        assertThat(held).as("MiB held").isLessThanOrEqualTo(256);
        System.getLogger("scale").log(System.Logger.Level.WARNING, ready + " ms, " + held + " MiB");

        Service one = service("app-7", "f-3", "http-80", "grpc-81").build();
        api.put(slice(one)
                .withEndpoints(endpoint("10.9.9.9", true, true, false).build())
                .build());
        await().atMost(Soon.second())
                .until(() -> overlays.deployment("app-7.shop", "f-3")
                        .ports()
                        .get(0)
                        .endpoints()
                        .get(0)
                        .address()
                        .equals("10.9.9.9:80"));
        assertThat(overlays.last().services().get(0)).isSameAs(all.services().get(0));
    }

    private void discover() {
        source.start(overlays);
        await().atMost(Soon.seconds(15)).until(() -> usable("f-1"));
        await().until(source::connected);
    }

    private void put(Service service, String address) {
        api.put(service);
        api.put(slice(service, address).build());
    }

    private boolean usable(String name) {
        var found = overlays.deployment("order.shop", name);
        return found != null && !found.ports().get(0).endpoints().isEmpty();
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
