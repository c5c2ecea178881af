package io.laneway.gateway.telemetry.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.unit.Durations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * To the request: what matched is kept or counted as dropped, while clients send as fast as they can and the recording
 * is changed under them. Prints its figures. {@code -Dlaneway.recorded=60s}, as {@code -Psoak} has it, lasts longer.
 */
class RecordingLoadIT {

    private static final long NANOS =
            Durations.parse(System.getProperty("laneway.recorded", "1s")).toNanos();
    private static final int CLIENTS = 4;

    /** So many a client sends at least, however slow the machine is. */
    private static final int LEAST = 100;

    @TempDir
    Path dir;

    private final LongAdder wanted = new LongAdder();
    private final LongAdder passed = new LongAdder();

    /** Counts the requests that the gateway says it records. */
    private Upstream counting() {
        return Upstream.scripted(conversation -> {
            for (Upstream.Request request = conversation.pass(); request != null; request = conversation.pass()) {
                if ("rec=1".equals(request.header("x-laneway-recording"))) {
                    wanted.increment();
                }
                conversation.send("HTTP/1.1 200 OK\nContent-Length: 2\n\nok");
            }
        });
    }

    private static String table(Upstream upstream, int revision) {
        return """
            revision: %d
            services:
              - name: orders
                hosts: [orders.test]
                deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:%d"]}]
            recordings:
              - {name: rec, until: "2999-01-01T00:00:00Z", from: "2020-01-01T00:00:00Z", share: %d%%}
            """.formatted(revision, upstream.port(), 20 + revision % 60);
    }

    private void send(RecordedGateway gateway, long end) {
        try (RawClient client = gateway.edge()) {
            for (int sent = 0; sent < LEAST || System.nanoTime() < end; sent++) {
                client.send("POST /a HTTP/1.1\nHost: orders.test\nContent-Length: 5\n\nhello");
                assertThat(client.response().status()).isEqualTo(200);
                passed.increment();
            }
        }
    }

    @Test
    void whatMatchedIsKeptOrCounted() throws IOException, InterruptedException {
        try (Upstream upstream = counting();
                RecordedGateway gateway = new RecordedGateway(dir, table(upstream, 1))) {
            long end = System.nanoTime() + NANOS;
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Thread client = new Thread(() -> send(gateway, end), "client-" + i);
                clients.add(client);
                client.start();
            }
            for (int revision = 2; clients.stream().anyMatch(Thread::isAlive); revision++) {
                gateway.table(table(upstream, revision));
            }
            for (Thread client : clients) {
                client.join();
            }
            await().until(() -> gateway.counted() >= wanted.sum());

            long kept = gateway.count("kept", "");
            long dropped = gateway.count("dropped", "");
            System.out.printf(
                    "recorded: %d requests, %d matched, %d kept, %d dropped %s%n",
                    passed.sum(), wanted.sum(), kept, dropped, gateway.reasons());
            assertThat(passed.sum()).isGreaterThanOrEqualTo(CLIENTS * LEAST);
            assertThat(kept).isPositive();
            assertThat(kept + dropped).isEqualTo(wanted.sum());
            assertThat(gateway.recordedCount()).isEqualTo(kept);
        }
    }
}
