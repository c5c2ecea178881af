package io.laneway.xds.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Proxyless gRPC in its lanes: grpc-java's xDS client against the control API. A few changes in the build; {@code -Psoak} makes
 * 5 000.
 */
class ProxylessGrpcIT {

    private static final int CHANGES = Integer.getInteger("laneway.xds.changes", 7);

    private final List<AutoCloseable> open = new ArrayList<>();

    @TempDir
    private Path directory;

    private Control control;
    private LaneServer master;
    private LaneServer feature;
    private XdsChannel orders;

    @BeforeEach
    void start() throws Exception {
        control = with(Control.start(directory));
        master = with(LaneServer.start("master"));
        feature = with(LaneServer.start("f-1"));
        control.put("/v1/services/order", "{\"name\": \"order\"}");
        control.deploy("master", master.address(), true);
        control.put("/v1/lanes/f-1", "{\"name\": \"f-1\"}");
        control.deploy("f-1", feature.address(), true);
        orders = with(XdsChannel.to("order", control.xdsPort(), "orders-" + System.nanoTime()));
    }

    private <T extends AutoCloseable> T with(T started) {
        open.add(0, started);
        return started;
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void callsAreServedByTheLaneThatTheirMetadataNames() throws Exception {
        control.put("/v1/lanes/child", "{\"name\": \"child\", \"parent\": \"f-1\"}");
        control.put("/v1/lanes/alone", "{\"name\": \"alone\", \"mode\": \"strict\"}");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(orders.who("child")).isEqualTo("f-1"));
        assertThat(orders.who("")).isEqualTo("master");
        assertThat(orders.who("f-1")).isEqualTo("f-1");
        assertThat(orders.who("unknown")).isEqualTo("master");
        assertThatThrownBy(() -> orders.who("alone"))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    }

    @Test
    void aLaneWhoseEndpointIsUnreadyFallsBackAndReturns() throws Exception {
        assertThat(orders.who("f-1")).isEqualTo("f-1");

        control.deploy("f-1", feature.address(), false);
        served("f-1", "master");

        control.deploy("f-1", feature.address(), true);
        served("f-1", "f-1");
    }

    @Test
    void noCallFailsWhileTheTableChanges() throws Exception {
        assertThat(orders.who("f-1")).isEqualTo("f-1");
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        AtomicInteger calls = new AtomicInteger();
        Thread caller = new Thread(() -> call(failures, calls));
        caller.start();
        try {
            for (int i = 0; i < CHANGES; i++) {
                change(i);
            }
        } finally {
            caller.interrupt();
            caller.join();
        }
        assertThat(failures).isEmpty();
        assertThat(calls).hasValueGreaterThan(CHANGES);
        served("f-1", CHANGES % 2 == 0 ? "f-1" : "master");
        assertThat(control.get("/metrics"))
                .as("nothing was refused")
                .contains("laneway_control_xds_refusing 0")
                .doesNotContain("laneway_control_xds_nacks_total{");
        Report.line("xds gRPC client: %d changes, %d calls, none failed, nothing refused", CHANGES, calls.get());
    }

    /** The lane serves or does not; another lane comes and goes beside it. */
    private void change(int i) throws Exception {
        control.deploy("f-1", feature.address(), i % 2 == 1);
        String lane = "n-" + i;
        if (i % 3 == 0) {
            control.put("/v1/lanes/" + lane, "{\"name\": \"" + lane + "\", \"parent\": \"f-1\"}");
            control.deploy(lane, feature.address(), true);
            served(lane, "f-1");
            control.delete("/v1/services/order/deployments/" + lane);
            control.delete("/v1/lanes/" + lane);
        }
    }

    private void call(Queue<String> failures, AtomicInteger calls) {
        String[] lanes = {"", "f-1", "n-0", "n-3", "unknown"};
        while (!Thread.currentThread().isInterrupted()) {
            String lane = lanes[calls.incrementAndGet() % lanes.length];
            try {
                orders.who(lane);
            } catch (StatusRuntimeException e) {
                if (!Thread.currentThread().isInterrupted()) {
                    failures.add(lane + ": " + e);
                }
            }
        }
    }

    private void served(String lane, String by) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(orders.who(lane)).isEqualTo(by));
    }
}
