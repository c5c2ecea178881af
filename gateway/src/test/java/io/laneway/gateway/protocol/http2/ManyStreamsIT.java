package io.laneway.gateway.protocol.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.resilience.Policies;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.FrameUpstream;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.policy.Timeouts;
import io.netty.util.internal.PlatformDependent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What open streams cost: 100 connections × 100 streams that all wait for their response, 1 000 × 100 with {@code
 * -Dlaneway.soak=…}. The clients' sockets are counted in, as they live in the same process.
 */
class ManyStreamsIT {

    private static final Logger LOG = LoggerFactory.getLogger(ManyStreamsIT.class);
    private static final int CONNECTIONS = System.getProperty("laneway.soak") == null ? 100 : 1_000;
    private static final int STREAMS = 100;
    private static final int MAX_BYTES_A_STREAM = 8 * 1024;
    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    void openStreamsCostLittleAndGiveItBack() throws IOException {
        Tables tables = new Tables()
                .protocol(Protocol.H2C)
                .policy(Policies.with(new Timeouts(Duration.ofSeconds(10), LONG, LONG)));
        try (FrameUpstream upstream = FrameUpstream.scripted(ManyStreamsIT::swallow);
                TestGateway gateway = TestGateway.over(
                        tables.service("a", "master", upstream.port()).build(), TestGateway::unguarded)) {
            long before = used();
            List<SocketChannel> clients = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(client(gateway.port()));
            }
            awaitActive(gateway, (long) CONNECTIONS * STREAMS);
            long each = (used() - before) / ((long) CONNECTIONS * STREAMS);
            LOG.atInfo()
                    .addKeyValue("streams", CONNECTIONS * STREAMS)
                    .addKeyValue("upstreamConnections", upstream.connections())
                    .addKeyValue("bytesEach", each)
                    .log("streams open");
            assertThat(each).isLessThan(MAX_BYTES_A_STREAM);
            for (SocketChannel client : clients) {
                client.close();
            }
            awaitActive(gateway, 0);
            try (FrameSocket other = FrameSocket.client(gateway.port())) {
                other.headers(1, true, ":method: GET\n:scheme: http\n:path: /\n:authority: nobody.test\n");
                assertThat(other.response(1).status()).isEqualTo(404);
            }
        }
    }

    private static void swallow(FrameSocket connection, int number) {
        while (connection.read() != null) {
            // no response ever comes
        }
    }

    private static SocketChannel client(int port) throws IOException {
        SocketChannel client = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(FrameSocket.PREFACE);
        bytes.writeBytes(FrameSocket.bytes(0, FrameSocket.SETTINGS, 0, 0));
        byte[] block = FrameSocket.literals(FrameSocket.GET + "user-agent: many/1\nx-tenant-id: acme\n");
        for (int stream = 1; stream < 2 * STREAMS; stream += 2) {
            int flags = FrameSocket.END_HEADERS | FrameSocket.END_STREAM;
            bytes.writeBytes(FrameSocket.bytes(block.length, FrameSocket.HEADERS, flags, stream, block));
        }
        client.write(ByteBuffer.wrap(bytes.toByteArray()));
        return client;
    }

    private static void awaitActive(TestGateway gateway, long requests) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(gateway.sum(stats -> stats.activeRequests.get()))
                        .isEqualTo(requests));
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
                + Math.max(0, PlatformDependent.usedDirectMemory());
    }
}
