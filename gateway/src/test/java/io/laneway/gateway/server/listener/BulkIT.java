package io.laneway.gateway.server.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.runtime.eventloop.Sockets;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes by the megabyte come through as they were sent, both ways at once, and are counted; small ones come among them. */
class BulkIT {

    private static final int TOTAL = 24 << 20;
    private static final int MANY = 8;
    private static final String UPGRADE = "GET / HTTP/1.1\nHost: a.test\nConnection: Upgrade\nUpgrade: tcp\n\n";
    private static final String SWITCHED = "HTTP/1.1 101 UPGRADED\nConnection: Upgrade\nUpgrade: tcp\n\n";

    /** A prime number of bytes, so that no buffer holds a whole number of them. */
    private static final byte[] PATTERN = pattern(65_521);

    private static byte[] pattern(int n) {
        byte[] bytes = new byte[n];
        for (int i = 0; i < n; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        return bytes;
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void aTunnelCarriesThemBothWaysAtOnce(Transport transport) throws Exception {
        try (Upstream upstream = Upstream.scripted(BulkIT::bothWays);
                TestGateway gateway = over(transport, Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            client.send(UPGRADE);
            assertThat(client.response().status()).isEqualTo(101);

            CompletableFuture<Void> sent = writing(client.socket().getOutputStream());
            assertThat(firstDifference(client.in())).isEqualTo(TOTAL);
            sent.join();
            client.socket().shutdownOutput();

            assertThat(client.in().read()).as("what the endpoint found of them").isEqualTo(1);
            assertThat(client.in().read()).isNegative();
            assertCounted(gateway, TOTAL, TOTAL + 1);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void aBodyGoesUpAndAnotherComesDown(Transport transport) throws Exception {
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    conversation.head();
                    int same = firstDifference(conversation.in());
                    conversation.send("HTTP/1.1 200 OK\nX-Same: " + same + "\nContent-Length: " + TOTAL + "\n\n");
                    write(conversation.socket().getOutputStream());
                });
                TestGateway gateway = over(transport, Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: " + TOTAL + "\n\n");
            CompletableFuture<Void> sent = writing(client.socket().getOutputStream());

            RawClient.Response head = client.response(true);
            assertThat(head.header("x-same")).isEqualTo(Integer.toString(TOTAL));
            assertThat(firstDifference(client.in())).isEqualTo(TOTAL);
            sent.join();
            assertCounted(gateway, TOTAL, TOTAL);
        }
    }

    /** Buffers that receive are shared by all connections of a loop: many that take and give much leave some for the others. */
    @ParameterizedTest
    @EnumSource(value = Transport.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void smallRequestsAreAnsweredAmongThem(Transport transport) throws Exception {
        List<RawClient> clients = new ArrayList<>();
        List<CompletableFuture<Void>> flows = new ArrayList<>();
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    String head = conversation.head();
                    if (head.startsWith("GET /small")) {
                        conversation.send("HTTP/1.1 200 OK\nContent-Length: 5\n\nsmall");
                    } else {
                        conversation.send(SWITCHED);
                        flow(conversation);
                    }
                });
                TestGateway gateway = over(transport, Tables.one(upstream.port()))) {
            for (int i = 0; i < MANY; i++) {
                RawClient client = gateway.client();
                clients.add(client);
                client.send(UPGRADE);
                assertThat(client.response().status()).isEqualTo(101);
                flows.add(writing(client.socket().getOutputStream()));
                flows.add(CompletableFuture.runAsync(
                        () -> assertThat(firstDifference(client.in())).isEqualTo(TOTAL), BulkIT::start));
            }
            int answered = 0;
            while (flows.stream().anyMatch(flow -> !flow.isDone())) {
                try (RawClient small = gateway.client()) {
                    assertThat(small.get("/small").body()).isEqualTo("small");
                    answered++;
                }
            }
            flows.forEach(CompletableFuture::join);
            assertThat(answered).isGreaterThan(1);
        } finally {
            clients.forEach(RawClient::close);
        }
    }

    private static TestGateway over(Transport transport, LaneTable table) {
        assumeTrue(Sockets.canDo(transport), () -> transport + " is not available here");
        return TestGateway.over(table, config -> TestGateway.with(config, 1, transport));
    }

    private static void assertCounted(TestGateway gateway, long received, long sent) {
        await().untilAsserted(() -> assertThat(gateway.observed()).hasSize(1));
        assertThat(gateway.observed().get(0).received()).isEqualTo(received);
        assertThat(gateway.observed().get(0).sent()).isEqualTo(sent);
        assertThat(gateway.observed().get(0).flag()).isEqualTo("-");
    }

    /** Sends all, says with a byte whether all came that should, and ends. */
    private static void bothWays(Upstream.Conversation conversation) throws IOException {
        conversation.head();
        conversation.send(SWITCHED);
        flow(conversation);
    }

    private static void flow(Upstream.Conversation conversation) throws IOException {
        OutputStream out = conversation.socket().getOutputStream();
        CompletableFuture<Void> sent = writing(out);
        boolean same = firstDifference(conversation.in()) == TOTAL;
        sent.join();
        conversation.sendRaw(new byte[] {(byte) (same ? 1 : 0)});
        conversation.socket().shutdownOutput();
    }

    private static CompletableFuture<Void> writing(OutputStream out) {
        return CompletableFuture.runAsync(() -> write(out), BulkIT::start);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "bulk");
        thread.setDaemon(true);
        thread.start();
    }

    private static void write(OutputStream out) {
        try {
            for (int sent = 0; sent < TOTAL; sent += PATTERN.length) {
                out.write(PATTERN, 0, Math.min(PATTERN.length, TOTAL - sent));
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The place of the first byte that is missing or another than was sent; the number of all if there is none. */
    private static int firstDifference(InputStream in) {
        byte[] bytes = new byte[PATTERN.length];
        try {
            for (int at = 0; at < TOTAL; at += bytes.length) {
                int wanted = Math.min(bytes.length, TOTAL - at);
                int same = Arrays.mismatch(bytes, 0, in.readNBytes(bytes, 0, wanted), PATTERN, 0, wanted);
                if (same >= 0) {
                    return at + same;
                }
            }
            return TOTAL;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
