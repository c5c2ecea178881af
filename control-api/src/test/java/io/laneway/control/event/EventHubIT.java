package io.laneway.control.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import io.laneway.control.LargeTable;
import io.laneway.control.TestControl;
import io.laneway.control.TestWatch;
import io.laneway.control.TestWatch.Event;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers that do not read, and many that do. */
class EventHubIT {

    private static final int READERS = 200;
    private static final double MOST_CORES = 0.1;
    private static final int LINE = 16_000;

    @TempDir
    private Path directory;

    @Test
    void aSlowReaderIsToldHowMuchItLostAndHoldsUpNoOther() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (EventHub hub = new EventHub()) {
            HttpServer server = vertx.createHttpServer()
                    .requestHandler(request -> {
                        EventReader reader = new EventReader(
                                hub.feed(), vertx.getOrCreateContext(), request.response(), null, JsonObject::new);
                        reader.open(() -> hub.leave(reader));
                        hub.join(reader);
                    })
                    .listen(0, "127.0.0.1")
                    .await(10, TimeUnit.SECONDS);
            String url = "http://127.0.0.1:" + server.actualPort() + "/";
            try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
                    TestWatch quick = TestWatch.open(url)) {
                slow.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                quick.next("open");
                await().until(() -> hub.size() == 2);
                String text = "x".repeat(LINE);
                for (int i = 0; i < 2_000; i++) {
                    hub.emit("row", new JsonObject().put("n", i).put("text", text));
                    if (i % 100 == 0) {
                        Event event = quick.next("row");
                        while (event.data().getInteger("n") < i) {
                            event = quick.next("row");
                        }
                    }
                }
                assertThat(dropped(slow.getInputStream())).isBetween(100, 2_000);
            }
        } finally {
            vertx.close().await(10, TimeUnit.SECONDS);
        }
    }

    /** Reads until it is said how much was lost. */
    private static int dropped(InputStream in) throws Exception {
        StringBuilder text = new StringBuilder();
        byte[] bytes = new byte[1 << 16];
        while (true) {
            int read = in.read(bytes);
            assertThat(read).isPositive();
            text.append(new String(bytes, 0, read, StandardCharsets.US_ASCII));
            int at = text.indexOf("{\"dropped\":");
            int end = at < 0 ? -1 : text.indexOf("}", at);
            if (end > 0) {
                return new JsonObject(text.substring(at, end + 1)).getInteger("dropped");
            }
            text.delete(0, Math.max(0, text.length() - 100));
        }
    }

    @Test
    void twoHundredReadersOfALargeTableTakeLessThanATenthOfACoreWhileNothingHappens() throws Exception {
        Vertx vertx = Vertx.vertx();
        NetClient client = vertx.createNetClient();
        AtomicInteger beats = new AtomicInteger();
        try (TestControl control = TestControl.start(directory)) {
            assertThat(control.put("/v1/table", LargeTable.json()).status()).isEqualTo(200);
            for (int i = 0; i < READERS; i++) {
                var socket = client.connect(control.api().port(), "127.0.0.1").await(30, TimeUnit.SECONDS);
                socket.handler(bytes -> beats.addAndGet(bytes.toString().contains("event: traffic") ? 1 : 0));
                socket.write("GET /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> beats.get() >= 2 * READERS);
            // What else this process does only adds to it: the least of a few is what the readers take.
            double cores = 1;
            for (int i = 0; i < 3 && cores >= MOST_CORES; i++) {
                cores = Math.min(cores, coresWhile(beats));
            }
            System.out.printf("events: %d idle readers take %.3f of a core, their side included%n", READERS, cores);
            assertThat(cores).isLessThan(MOST_CORES);
        } finally {
            client.close();
            vertx.close().await(10, TimeUnit.SECONDS);
        }
    }

    /** The processor time that this process takes while each reader gets two events more. */
    private static double coresWhile(AtomicInteger beats) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long begin = System.nanoTime();
        long before = system.getProcessCpuTime();
        int seen = beats.get();
        await().atMost(Duration.ofMinutes(1)).until(() -> beats.get() >= seen + 2 * READERS);
        return (double) (system.getProcessCpuTime() - before) / (System.nanoTime() - begin);
    }
}
