package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.policy.Timeouts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** An exchange that its timeouts did not end is logged, with the state of both sides. */
class WatchdogIT {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.laneway.gateway.traffic.exchange.Watchdog");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
    }

    private String logged() {
        return List.copyOf(log.list).stream()
                .map(event -> event.getFormattedMessage() + " " + event.getKeyValuePairs())
                .collect(Collectors.joining("\n"));
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

            await().until(() -> !log.list.isEmpty());
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
            await().during(Duration.ofMillis(2500)).until(() -> log.list.isEmpty());
        }
    }
}
