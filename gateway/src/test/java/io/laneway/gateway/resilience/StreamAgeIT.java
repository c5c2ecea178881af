package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.policy.Timeouts;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How old open streams may become. */
class StreamAgeIT {

    private static final Duration AGE = Duration.ofMillis(400);

    private static TestGateway gateway(int port, Timeouts timeouts) {
        return TestGateway.over(new Tables()
                .service("a", "master", port)
                .policy(Policies.with(timeouts))
                .build());
    }

    /** Sends a byte every now and then, so that it is never idle. */
    private static void chatter(Upstream.Conversation conversation, String head) throws IOException {
        conversation.head();
        conversation.send(head);
        conversation.socket().setSoTimeout(20);
        while (true) {
            try {
                if (conversation.in().read() < 0) {
                    return;
                }
            } catch (java.net.SocketTimeoutException e) {
                conversation.send(".");
            }
        }
    }

    private static long lasts(String request, Timeouts timeouts, String head) throws IOException {
        try (Upstream upstream = Upstream.scripted(conversation -> chatter(conversation, head));
                TestGateway gateway = gateway(upstream.port(), timeouts);
                RawClient client = gateway.client()) {
            client.socket().setSoTimeout(30_000);
            long start = System.nanoTime();
            client.send(request);
            try {
                client.socket().getInputStream().readAllBytes();
            } catch (java.net.SocketException e) {
                // it was reset, which ends it too
            }
            return (System.nanoTime() - start) / 1_000_000;
        }
    }

    @Test
    void endsAnUpgradedConnectionAtItsGreatestAge() throws IOException {
        Timeouts aged = new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofMinutes(5), AGE);
        long millis = lasts(
                "GET / HTTP/1.1\nHost: a.test\nConnection: Upgrade\nUpgrade: websocket\n\n",
                aged,
                "HTTP/1.1 101 Switching Protocols\nConnection: Upgrade\nUpgrade: websocket\n\n");
        assertThat(millis).isBetween(350L, 20_000L);
    }

    @Test
    void endsAResponseWithoutTimeoutAtItsGreatestAge() throws IOException {
        Timeouts aged = new Timeouts(Duration.ofSeconds(1), Duration.ZERO, Duration.ofMinutes(5), AGE);
        long millis = lasts("GET / HTTP/1.1\nHost: a.test\n\n", aged, "HTTP/1.1 200 OK\nContent-Length: 100000\n\n");
        assertThat(millis).isBetween(350L, 20_000L);
    }
}
