package io.laneway.gateway.protocol.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.TimeoutsConfig;
import io.laneway.gateway.runtime.record.ListenerStats.Offence;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.service.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Clients who send a head or a body over HTTP/2 so slowly that they only hold memory are cut. */
class SlowClientIT {

    /** Less than the silence after which a ping asks whether the client is still there. */
    private static final Duration SLOW = Duration.ofSeconds(10);

    private static final Duration TOO_SLOW = SLOW.plusSeconds(1);

    private static TestGateway gateway(Upstream upstream) {
        return TestGateway.over(
                Tables.one(Protocol.HTTP1, upstream.port()),
                config -> TestGateway.with(
                        config, new TimeoutsConfig(SLOW, SLOW, Duration.ofMinutes(5), Duration.ofSeconds(2))));
    }

    /** Whether the connection ends within its time, whatever is said before. */
    private static boolean ends(FrameSocket client) {
        FrameSocket.Frame frame = client.read();
        for (int i = 0; i < 20 && frame != null; i++) {
            frame = client.read();
        }
        return frame == null;
    }

    @Test
    void cutsAConnectionOnWhichNoRequestComes() {
        try (Upstream upstream = Upstream.saying("ok");
                TestGateway gateway = gateway(upstream);
                FrameSocket client = FrameSocket.client(gateway.port())) {
            gateway.pass(TOO_SLOW);
            assertThat(ends(client)).isTrue();
        }
    }

    @Test
    void cutsAHeadThatComesByteByByte() {
        try (Upstream upstream = Upstream.saying("ok");
                TestGateway gateway = gateway(upstream);
                FrameSocket client = FrameSocket.client(gateway.port())) {
            assertThat(client.get(1, "/", "").status()).isEqualTo(200);
            byte[] block = client.block(FrameSocket.GET);
            byte[] frame = FrameSocket.bytes(block.length, FrameSocket.HEADERS, 5, 3, block);
            AtomicInteger at = new AtomicInteger();
            Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> {
                if (at.get() < frame.length - 1 && gateway.count(Offence.TOO_SLOW) == 0) {
                    client.send(new byte[] {frame[at.getAndIncrement()]});
                    gateway.pass(SLOW.dividedBy(12));
                }
                return gateway.count(Offence.TOO_SLOW) > 0;
            });
            assertThat(gateway.count(Offence.TOO_SLOW)).isEqualTo(1);
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void cutsABodyThatStopsToComeAndLeavesTheOtherStreamsAlone() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    for (String head = conversation.head(); head != null; head = conversation.head()) {
                        if (head.startsWith("POST")) {
                            conversation.in().readNBytes("3\r\nabc\r\n".length());
                            began.countDown();
                        } else {
                            conversation.send("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
                        }
                    }
                });
                TestGateway gateway = gateway(upstream);
                FrameSocket client = FrameSocket.client(gateway.port())) {
            client.headers(1, false, FrameSocket.POST).data(1, false, "abc");
            assertThat(began.await(30, TimeUnit.SECONDS)).isTrue();
            gateway.pass(TOO_SLOW);
            assertThat(client.response(1).status()).isEqualTo(408);
            assertThat(client.get(3, "/", "").status()).isEqualTo(200);
            assertThat(gateway.observed().stream()
                            .map(TestGateway.Observed::flag)
                            .toList())
                    .isEqualTo(List.of("SI", "-"));
        }
    }
}
