package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.policy.Timeouts;
import io.laneway.testkit.LogCapture;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An exchange that its timeouts did not end is logged, with the state of both sides. */
class WatchdogIT {

    private final LogCapture log = LogCapture.of("io.laneway.gateway.traffic.exchange.Watchdog");

    @AfterEach
    void stop() {
        log.close();
    }

    private String logged() {
        return String.join("\n", log.lines());
    }

    private static Upstream mute() {
        return Upstream.scripted(conversation -> {
            conversation.read();
            conversation.head();
        });
    }

    /** Ending it at its deadline fails half way, so that it is never answered. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anExchangeThatIsNotEndedInTimeIsLogged(boolean http2) {
        try (Upstream mute = mute();
                TestGateway gateway = TestGateway.over(Tables.one(Protocol.HTTP1, mute.port()));
                RawClient client = gateway.client();
                FrameSocket frames = FrameSocket.client(gateway.port())) {
            if (http2) {
                frames.headers(1, true, FrameSocket.GET);
            } else {
                client.send("GET / HTTP/1.1\nHost: a.test\n\n");
            }
            await().until(() -> mute.requests().size() == 1);
            gateway.failAnObserver();
            gateway.pass(Timeouts.DEFAULT.request().plusSeconds(1));

            await().until(() -> !log.lines().isEmpty());
            assertThat(logged())
                    .contains("older than its timeouts allow", "target=\"a master 127.0.0.1:" + mute.port())
                    .contains(
                            http2
                                    ? "client=\"over, HTTP/2, stream 1"
                                    : "client=\"over, HTTP/1.1, RESPONDING, open, read")
                    .contains("upstream=\"timeouts ended, request whole");
        }
    }

    @Test
    void anExchangeThatItsTimeoutsAllowIsNot() throws IOException {
        try (Upstream mute = mute();
                TestGateway gateway = TestGateway.over(Tables.one(Protocol.HTTP1, mute.port()));
                RawClient late = gateway.client();
                RawClient client = gateway.client()) {
            late.send("GET / HTTP/1.1\nHost: a.test\n\n");
            await().until(() -> mute.requests().size() == 1);
            gateway.pass(Duration.ofMinutes(1));
            assertThat(late.response().status()).isEqualTo(504);
            client.send("GET / HTTP/1.1\nHost: a.test\n\n");
            await().until(() -> mute.requests().size() == 2);
            gateway.pass(Duration.ofSeconds(10));
            // the watchdog looks once a second
            await().during(Duration.ofMillis(2500)).until(() -> log.lines().isEmpty());
        }
    }
}
