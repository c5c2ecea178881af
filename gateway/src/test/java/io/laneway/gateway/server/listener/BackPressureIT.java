package io.laneway.gateway.server.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.netty.util.internal.PlatformDependent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A slow reader slows the sender down; nothing piles up in between. */
class BackPressureIT {

    private static final int TOTAL = 64 * 1024 * 1024;
    private static final int PIECE = 64 * 1024;

    /** Where the reader is: what the kernel keeps for it may be as much as all that is sent. */
    private static final int SMALL = 64 * 1024;

    /** What socket buffers on two hops may swallow, and the gateway's own water marks. */
    private static final long BOUND = 24L * 1024 * 1024;

    @Test
    void aSlowReaderHoldsTheEndpointUp() throws Exception {
        AtomicLong written = new AtomicLong();
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    conversation.read();
                    conversation.send("HTTP/1.1 200 OK\nContent-Length: " + TOTAL + "\n\n");
                    for (int sent = 0; sent < TOTAL; sent += PIECE) {
                        conversation.sendRaw(new byte[PIECE]);
                        written.addAndGet(PIECE);
                    }
                });
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            client.socket().setReceiveBufferSize(SMALL);
            client.send("GET / HTTP/1.1\nHost: a.test\n\n");
            long stalledAt = awaitStall(written);
            assertThat(stalledAt).isLessThan(BOUND);
            assertThat(client.response().body()).hasSize(TOTAL);
        }
    }

    @Test
    void aSlowEndpointHoldsTheClientUp() throws Exception {
        CountDownLatch readOn = new CountDownLatch(1);
        AtomicLong written = new AtomicLong();
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    conversation.socket().setReceiveBufferSize(SMALL);
                    conversation.head();
                    await(readOn);
                    long read = conversation.in().readNBytes(TOTAL).length;
                    String text = Long.toString(read);
                    conversation.send("HTTP/1.1 200 OK\nContent-Length: " + text.length() + "\n\n" + text);
                });
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: " + TOTAL + "\n\n");
            Thread sender = new Thread(() -> {
                for (int sent = 0; sent < TOTAL; sent += PIECE) {
                    client.send(new byte[PIECE]);
                    written.addAndGet(PIECE);
                }
            });
            sender.start();
            assertThat(awaitStall(written)).isLessThan(BOUND);
            readOn.countDown();
            assertThat(client.response().body()).isEqualTo(Integer.toString(TOTAL));
            sender.join(5_000);
        }
    }

    @Test
    void manySlowReadersTogetherGrowNoMemory() throws Exception {
        int readers = 32;
        AtomicLong written = new AtomicLong();
        CountDownLatch asked = new CountDownLatch(readers);
        byte[] piece = new byte[4 * PIECE];
        List<RawClient> clients = new ArrayList<>();
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    conversation.read();
                    conversation.send("HTTP/1.1 200 OK\nContent-Length: " + TOTAL + "\n\n");
                    asked.countDown();
                    await(asked);
                    for (int sent = 0; sent < TOTAL; sent += piece.length) {
                        conversation.sendRaw(piece);
                        written.addAndGet(piece.length);
                    }
                });
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()))) {
            long before = PlatformDependent.usedDirectMemory();
            for (int i = 0; i < readers; i++) {
                RawClient client = gateway.client();
                clients.add(client);
                client.send("GET / HTTP/1.1\nHost: a.test\n\n");
            }
            awaitStall(written);
            assertThat(PlatformDependent.usedDirectMemory() - before).isLessThan(BOUND);
        } finally {
            clients.forEach(RawClient::close);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            var unused = latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the number has grown and then stood still for a while. */
    private static long awaitStall(AtomicLong number) {
        AtomicLong before = new AtomicLong(-1);
        Awaitility.await()
                .pollInterval(300, TimeUnit.MILLISECONDS)
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> number.get() > 0 && number.get() == before.getAndSet(number.get()));
        return number.get();
    }
}
