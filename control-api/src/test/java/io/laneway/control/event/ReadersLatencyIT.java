package io.laneway.control.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.control.LargeTable;
import io.laneway.control.TestControl;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What 200 open consoles cost other calls: rounds with and without them take turns, so that what else the machine does
 * falls on both. Runs with {@code -Dlaneway.events.timed=true}.
 */
@EnabledIfSystemProperty(named = "laneway.events.timed", matches = "true")
class ReadersLatencyIT {

    private static final int READERS = 200;
    private static final int ROUNDS = 9;
    private static final int CALLS = 1_000;
    private static final double MOST = 1.2;
    private static final List<String> PATHS =
            List.of("/v1/overview?limit=50", "/v1/lanes?limit=50", "/v1/services?limit=50", "/v1/gateways");

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final AtomicInteger beats = new AtomicInteger();

    @Test
    void otherCallsAreAsFastBesideTwoHundredReaders() throws Exception {
        try (TestControl control = TestControl.start(directory)) {
            assertThat(control.put("/v1/table", LargeTable.json()).status()).isEqualTo(200);
            calls(control);
            List<double[]> alone = new ArrayList<>();
            List<double[]> beside = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                alone.add(calls(control));
                List<NetSocket> readers = readers(control);
                beside.add(calls(control));
                for (NetSocket reader : readers) {
                    reader.close().await(30, TimeUnit.SECONDS);
                }
            }
            double ratio = median(beside, 0.99) / median(alone, 0.99);
            System.out.printf(
                    "calls beside %d readers: p50 %.2f ms, p99 %.2f ms; without: p50 %.2f ms, p99 %.2f ms;"
                            + " p99 is %.2f times as much (medians of %d interleaved rounds of %d calls)%n",
                    READERS,
                    median(beside, 0.5),
                    median(beside, 0.99),
                    median(alone, 0.5),
                    median(alone, 0.99),
                    ratio,
                    ROUNDS,
                    CALLS);
            assertThat(ratio).isLessThanOrEqualTo(MOST);
        } finally {
            client.close();
            vertx.close().await(10, TimeUnit.SECONDS);
        }
    }

    /** Opens the readers and waits until each has got two events. */
    private List<NetSocket> readers(TestControl control) throws Exception {
        List<NetSocket> readers = new ArrayList<>();
        int before = beats.get();
        for (int i = 0; i < READERS; i++) {
            NetSocket socket = client.connect(control.api().port(), "127.0.0.1").await(30, TimeUnit.SECONDS);
            socket.handler(bytes -> beats.addAndGet(bytes.toString().contains("event: traffic") ? 1 : 0));
            socket.write("GET /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
            readers.add(socket);
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> beats.get() - before >= 2 * READERS);
        return readers;
    }

    /** The times of calls, one after another, in ms and in order. */
    private static double[] calls(TestControl control) {
        double[] times = new double[CALLS];
        for (int call = 0; call < CALLS; call++) {
            long begin = System.nanoTime();
            assertThat(control.get(PATHS.get(call % PATHS.size())).status()).isEqualTo(200);
            times[call] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(times);
        return times;
    }

    private static double median(List<double[]> rounds, double quantile) {
        double[] values = rounds.stream()
                .mapToDouble(times -> times[(int) (quantile * (times.length - 1))])
                .sorted()
                .toArray();
        return values[values.length / 2];
    }
}
