package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.runtime.eventloop.Sockets;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.policy.Ejection;
import io.laneway.router.policy.Retries;
import io.laneway.router.policy.Retries.On;
import io.laneway.testkit.LogCapture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Looks for exchanges that hang: busy cores, endpoints that reset amid their responses, clients with and without
 * bodies, round after round on a gateway of its own each. A client that hears nothing for 10 s, and a word of the
 * watchdog, fail it. Prints its figures.
 */
class StallIT {

    private static final Duration TIME = Duration.parse("PT" + System.getProperty("laneway.stall", "3s"));
    private static final int CALLERS = 8;
    private static final int POSTING = 5;
    private static final int ERRORS = 5;
    private static final String POST = "POST / HTTP/1.1\nHost: a.test\nContent-Length: 5\n\nhello";

    /** Every so many answers break off. */
    private static final int RESET_EVERY = 7;

    private static void resetting(Upstream.Conversation conversation, AtomicInteger number) throws IOException {
        while (conversation.pass() != null) {
            if (number.incrementAndGet() % RESET_EVERY == 0) {
                conversation.send("HTTP/1.1 200 OK\nContent-Length: 100\n\nthree");
                conversation.socket().setSoLinger(true, 0);
                return;
            }
            conversation.send("HTTP/1.1 200 OK\nContent-Length: 5\n\nthree");
        }
    }

    private static List<Thread> busy() {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            Thread thread = new Thread(StallIT::spin, "busy-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    private static void spin() {
        long sum = 0;
        while (!Thread.currentThread().isInterrupted()) {
            sum += System.nanoTime();
        }
        assertThat(sum).isNotEqualTo(1L);
    }

    private record Round(int sent, int silent) {}

    private static Round round(Transport transport) {
        AtomicInteger responses = new AtomicInteger();
        try (Upstream one = Upstream.tireless("one");
                Upstream two = Upstream.tireless("two");
                Upstream three = Upstream.scripted(conversation -> resetting(conversation, responses));
                TestGateway gateway = TestGateway.over(
                        new Tables()
                                .policy(Policies.with(
                                        new Retries(
                                                2,
                                                Set.of(On.CONNECT_FAILURE, On.RESET_BEFORE_RESPONSE),
                                                Retries.Methods.IDEMPOTENT,
                                                20,
                                                Duration.ofSeconds(1),
                                                false),
                                        new Ejection(ERRORS, Duration.ofMillis(200), 50)))
                                .service("a", "master", one.port(), two.port(), three.port())
                                .build(),
                        config -> TestGateway.with(config, 2, transport))) {
            Load gets = Load.gets(gateway.port(), CALLERS);
            Load posts = new Load(gateway.port(), POSTING, POST, response -> response.status() == 200);
            try (gets;
                    posts) {
                gets.more(400);
            }
            return new Round(gets.sent.get() + posts.sent.get(), gets.silent.get() + posts.silent.get());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"IO_URING", "EPOLL"})
    void noClientHearsNothingForLong(Transport transport) {
        assumeTrue(Sockets.canDo(transport));
        List<Thread> busy = busy();
        int silent = 0;
        int rounds = 0;
        int sent = 0;
        LogCapture log = LogCapture.of("io.laneway.gateway.traffic.exchange.Watchdog");
        try (log) {
            long end = System.nanoTime() + TIME.toNanos();
            while (System.nanoTime() < end && silent == 0) {
                Round round = round(transport);
                rounds++;
                sent += round.sent();
                silent += round.silent();
            }
        } finally {
            busy.forEach(Thread::interrupt);
        }
        System.out.println(transport + ": " + rounds + " rounds, " + sent + " requests, silent " + silent);
        assertThat(silent).isZero();
        assertThat(log.lines()).isEmpty();
    }
}
