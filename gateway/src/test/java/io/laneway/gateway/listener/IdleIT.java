package io.laneway.gateway.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.config.TimeoutsConfig;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.Protocol;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long callers' connections may stand: without a byte, between two requests, amid a head. */
class IdleIT {

    private static final Duration IDLE = Duration.ofMillis(400);
    private static final Duration HEAD = Duration.ofMillis(200);

    private final Upstream upstream = Upstream.saying("hello");
    private final TestGateway gateway = TestGateway.over(
            Tables.one(Protocol.HTTP1, upstream.port()),
            config -> TestGateway.with(
                    config, new TimeoutsConfig(HEAD, Duration.ofSeconds(5), IDLE, Duration.ofSeconds(1))));

    @AfterEach
    void close() {
        gateway.close();
        upstream.close();
    }

    @Test
    void closesAConnectionOnWhichNothingCame() {
        long before = System.nanoTime();
        try (RawClient client = gateway.client()) {
            assertThat(client.closed()).isTrue();
        }
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(IDLE.toNanos());
        assertThat(gateway.observed()).isEmpty();
    }

    @Test
    void closesAConnectionThatStandsIdleBetweenTwoRequestsAndCountsFromTheLastAnswer() {
        try (RawClient client = gateway.client()) {
            assertThat(client.get("/").status()).isEqualTo(200);
            assertThat(client.get("/").status()).isEqualTo(200);
            long before = System.nanoTime();
            assertThat(client.closed()).isTrue();
            assertThat(System.nanoTime() - before)
                    .isGreaterThanOrEqualTo(IDLE.minusMillis(50).toNanos());
        }
    }

    @Test
    void answersAHeadThatDoesNotComeToItsEnd() {
        try (RawClient client = gateway.client()) {
            assertThat(client.sendRaw("GET / HTTP/1.1\r\nHost: a.te").answer().status())
                    .isEqualTo(408);
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void tellsAnHttp2CallerThatStandsIdleToGo() {
        try (FrameSocket client = FrameSocket.client(gateway.port())) {
            assertThat(client.get(1, "/", "").status()).isEqualTo(200);
            assertThat(client.await(FrameSocket.GOAWAY).error()).isZero();
            assertThat(client.await(FrameSocket.DATA)).isNull();
        }
    }
}
