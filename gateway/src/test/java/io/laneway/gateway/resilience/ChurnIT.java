package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneTable;
import io.laneway.router.policy.Rate;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Thousands of table changes under load: no request fails or goes to another lane. Prints its figures.
 * {@code -Dlaneway.churn=60s}, as {@code -Psoak} has it, spreads them over more time.
 */
class ChurnIT {

    private static final int CHANGES = 5000;
    private static final Duration TIME = Duration.parse("PT" + System.getProperty("laneway.churn", "3s"));

    /** What a table's leftovers could not hide in: five thousand of them at a few kilobytes would be more. */
    private static final long GROWTH = 6L << 20;

    private static long heap(TestGateway gateway) {
        gateway.forget();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Those of gateways. */
    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("laneway-"))
                .count();
    }

    private static LaneTable table(int change, Upstream base, Upstream other, Upstream lane) {
        Tables tables = new Tables().lane("f-1").lane("f-" + (2 + change % 7)).revision(change);
        int[] ports = change % 2 == 0 ? new int[] {base.port()} : new int[] {base.port(), other.port()};
        Rate rate = new Rate(1_000_000 + change % 3, Duration.ofSeconds(1), 1_000_000, Rate.Key.SOURCE, "");
        return tables.service("a", "master", ports)
                .service("a", "f-1", lane.port())
                .service("b-" + change % 11, "master", base.port())
                .policy(Policies.with(rate))
                .build();
    }

    private static Load load(TestGateway gateway, String marker, String says) {
        String request = "GET / HTTP/1.1\nHost: a.test\n" + marker + "\n";
        return new Load(gateway.port(), 4, request, response -> response.body().equals(says));
    }

    private static void change(TestGateway gateway, Upstream base, Upstream other, Upstream lane) throws Exception {
        ScheduledExecutorService changes = Executors.newSingleThreadScheduledExecutor();
        CountDownLatch left = new CountDownLatch(CHANGES);
        AtomicInteger change = new AtomicInteger();
        try {
            changes.scheduleAtFixedRate(
                    () -> {
                        gateway.table(table(change.incrementAndGet(), base, other, lane));
                        gateway.forget();
                        left.countDown();
                    },
                    0,
                    TIME.toNanos() / CHANGES,
                    TimeUnit.NANOSECONDS);
            assertThat(left.await(TIME.toSeconds() + 60, TimeUnit.SECONDS)).isTrue();
        } finally {
            changes.shutdownNow();
            assertThat(changes.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void noRequestFailsOrIsMisroutedWhileTheTableChanges() throws Exception {
        try (Upstream base = Upstream.tireless("master");
                Upstream other = Upstream.tireless("master");
                Upstream lane = Upstream.tireless("f-1");
                TestGateway gateway = TestGateway.over(
                        table(0, base, other, lane), config -> TestGateway.with(config, 2, Transport.AUTO));
                Load plain = load(gateway, "", "master");
                Load branch = load(gateway, "trace-branch: f-1\n", "f-1")) {
            plain.more(50);
            branch.more(50);
            for (int change = 1; change <= CHANGES / 2; change++) {
                gateway.table(table(change, base, other, lane));
            }
            long threads = threads();
            long heap = heap(gateway);
            long began = System.nanoTime();
            change(gateway, base, other, lane);
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            plain.more(100);
            branch.more(100);
            long grown = heap(gateway) - heap;
            System.out.println(CHANGES + " table changes in " + took + " ms: sent "
                    + (plain.sent.get() + branch.sent.get()) + ", failed or misrouted "
                    + (plain.failed.get() + branch.failed.get()) + " " + plain.failures + branch.failures + ", heap "
                    + heap / 1024 + " KB, grown by " + grown / 1024 + " KB, threads " + threads + ", then "
                    + threads());
            assertThat(grown).as("bytes of heap").isLessThan(GROWTH);
            assertThat(threads()).isEqualTo(threads);
            assertThat(plain.failed.get() + branch.failed.get()).isZero();
        }
    }
}
