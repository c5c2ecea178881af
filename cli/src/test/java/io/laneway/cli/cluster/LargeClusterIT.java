package io.laneway.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.Gateway;
import io.laneway.gateway.runtime.config.Address;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.PathConfig;
import io.laneway.gateway.runtime.config.TableConfig;
import io.laneway.gateway.runtime.config.Trust;
import io.laneway.gateway.runtime.config.UnknownHost;
import io.laneway.testkit.Crowd;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A control API as it is shipped (a process with the launcher's options for a pod of 1 GiB), a cluster in another process, and one
 * gateway: how long it takes from a new Service with an endpoint to an answered request, and what the control API holds.
 */
@Timeout(value = 1_200, unit = TimeUnit.SECONDS)
class LargeClusterIT {

    private static final Logger log = LoggerFactory.getLogger(LargeClusterIT.class);
    private static final int SERVICES = Integer.getInteger("laneway.scale.services", 80);
    private static final int LANES = 10;

    /** Services that are made, and those that are deleted again. */
    private static final int CHANGES = Integer.getInteger("laneway.scale.changes", 50);

    /** Services that are there at most; when so many were made, all are deleted, one by one, and made again. */
    private static final int MADE = 1_000;

    private static final int PER_SECOND = 50;

    /** Milliseconds within which half of the Services are reached, on a machine that has nothing else to do. */
    private static final int P50 = Integer.getInteger("laneway.scale.p50", 1_000);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();
    private final Pod pod = new Pod(vertx, "master");
    private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
    private ClusterProcesses processes;

    @AfterEach
    void stop() {
        processes.close();
        vertx.close().await();
    }

    @Test
    void anEndpointIsReachedSoonAndTheControlApiStaysWithinItsMemoryWhileServicesAreMade() throws IOException {
        processes = new ClusterProcesses(SERVICES, LANES, directory);
        try (Gateway gateway =
                KubernetesLanesIT.gateway(new TableConfig.Control(URI.create(processes.control()), null), listener())) {
            SocketAddress address = SocketAddress.inetSocketAddress(gateway.port("outbound"), "127.0.0.1");
            processes.make("first", pod.port());
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> status(address, "first").await() == 200);
            Duration cpu = processes.controlCpu();

            int made = change(address);

            await().atMost(Duration.ofMinutes(1)).until(() -> nanos.size() == made);
            cpu = processes.controlCpu().minus(cpu);
            double crowd = Crowd.factor();
            Duration p50 = report(cpu, crowd);
            assertThat(processes.controlMebibytes())
                    .as("MiB at most held by the control API")
                    .isLessThanOrEqualTo(512);
            assertThat(p50).isLessThanOrEqualTo(Duration.ofMillis((long) (P50 * crowd)));
        }
    }

    /** Makes the changes at their rate; the number of Services made. */
    private int change(SocketAddress gateway) {
        int made = 0;
        long start = System.nanoTime();
        for (int i = 0; i < CHANGES; i++) {
            long due = start + TimeUnit.SECONDS.toNanos(i) / PER_SECOND;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            String name = "new-" + i % MADE;
            if (i / MADE % 2 == 0) {
                processes.make(name, pod.port());
                ask(gateway, name, System.nanoTime());
                made++;
            } else {
                processes.delete(name);
            }
        }
        return made;
    }

    private Duration report(Duration cpu, double crowd) throws IOException {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        int size = sorted.size();
        Duration p50 = Duration.ofNanos(sorted.get(size / 2));
        log.atInfo()
                .addKeyValue("services", SERVICES)
                .addKeyValue("changes", CHANGES)
                .addKeyValue("p50ms", p50.toMillis())
                .addKeyValue("p99ms", TimeUnit.NANOSECONDS.toMillis(sorted.get(size * 99 / 100)))
                .addKeyValue("maxMs", TimeUnit.NANOSECONDS.toMillis(sorted.get(size - 1)))
                .addKeyValue("rssMiB", processes.controlMebibytes())
                .addKeyValue("cpuMicrosPerChange", cpu.dividedBy(CHANGES).toNanos() / 1_000)
                .addKeyValue("crowd", crowd)
                .log("scale");
        return p50;
    }

    /** Unknown hosts are refused at once: the usual listener would ask the DNS for them, which takes up to a second. */
    private static ListenerConfig listener() {
        return new ListenerConfig(
                "outbound",
                new Address("127.0.0.1", 0),
                Trust.INTERNAL,
                true,
                null,
                null,
                UnknownHost.REFUSE,
                null,
                false,
                0,
                PathConfig.DEFAULT);
    }

    private Future<Integer> status(SocketAddress gateway, String host) {
        return client.request(
                        new RequestOptions().setServer(gateway).setHost(host).setPort(pod.port()))
                .compose(HttpClientRequest::send)
                .compose(response -> response.body().map(body -> response.statusCode()))
                .otherwise(-1);
    }

    /** Asks every few milliseconds until the pod answers. */
    private void ask(SocketAddress gateway, String host, long since) {
        status(gateway, host).onSuccess(status -> {
            if (status == 200) {
                nanos.add(System.nanoTime() - since);
            } else {
                vertx.setTimer(5, again -> ask(gateway, host, since));
            }
        });
    }
}
