package io.laneway.gateway.server.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.config.TimeoutsConfig;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.service.Protocol;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long clients' connections may stand: without a byte, between two requests, amid a head. */
class IdleIT {

    private static final Duration IDLE = Duration.ofMinutes(2);
    private static final Duration HEAD = Duration.ofMinutes(1);

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

    /** Lets more and more time pass. */
    private void untilNoneIsOpen(Duration step) {
        await().until(() -> {
            gateway.pass(step);
            return gateway.plane().open() == 0;
        });
    }

    @Test
    void closesAConnectionOnWhichNothingCame() {
        try (RawClient client = gateway.client()) {
            await().until(() -> gateway.plane().open() == 1);
            untilNoneIsOpen(IDLE.dividedBy(4));
            assertThat(client.closed()).isTrue();
        }
        assertThat(gateway.observed()).isEmpty();
    }

    @Test
    void closesAConnectionThatStandsIdleBetweenTwoRequestsAndCountsFromTheLastResponse() {
        try (RawClient client = gateway.client()) {
            for (int i = 0; i < 4; i++) {
                assertThat(client.get("/").status()).isEqualTo(200);
                gateway.pass(IDLE.dividedBy(2));
            }
            untilNoneIsOpen(IDLE.dividedBy(4));
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void answersAHeadThatDoesNotComeToItsEnd() {
        try (RawClient client = gateway.client()) {
            client.sendRaw("GET / HTTP/1.1\r\nHost: a.te");
            await().until(() -> {
                gateway.pass(HEAD.dividedBy(2));
                return client.in().available() > 0;
            });
            assertThat(client.response().status()).isEqualTo(408);
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void tellsAnHttp2ClientThatStandsIdleToGo() {
        try (FrameSocket client = FrameSocket.client(gateway.port())) {
            assertThat(client.get(1, "/", "").status()).isEqualTo(200);
            // at once, since pings that are not answered would end it otherwise
            untilNoneIsOpen(IDLE.plusSeconds(1));
            assertThat(client.await(FrameSocket.GOAWAY).error()).isZero();
            assertThat(client.await(FrameSocket.DATA)).isNull();
        }
    }
}
