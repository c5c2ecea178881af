package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.config.Transport;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneTable;
import io.laneway.router.policy.Rate;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Thousands of table changes under load: no request fails or goes to another lane. Prints its figures. */
class ChurnIT {

    private static final int CHANGES = Integer.getInteger("laneway.churn.changes", 5000);

    /** What a table's leftovers could not hide in: five thousand of them at a few kilobytes would be more. */
    private static final long GROWTH = 6L << 20;

    private static long heap(TestGateway gateway) {
        gateway.forget();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
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

    @Test
    void noRequestFailsOrIsMisroutedWhileTheTableChanges() throws Exception {
        try (Upstream base = Upstream.saying("master");
                Upstream other = Upstream.saying("master");
                Upstream lane = Upstream.saying("f-1");
                TestGateway gateway = TestGateway.over(
                        table(0, base, other, lane), config -> TestGateway.with(config, 2, Transport.AUTO))) {
            Load plain = new Load(
                    gateway.port(),
                    4,
                    "GET / HTTP/1.1\nHost: a.test\n\n",
                    answer -> answer.body().equals("master"));
            Load branch = new Load(
                    gateway.port(),
                    4,
                    "GET / HTTP/1.1\nHost: a.test\ntrace-branch: f-1\n\n",
                    answer -> answer.body().equals("f-1"));
            long began = System.nanoTime();
            int threads;
            long heap;
            long grown;
            try (plain;
                    branch) {
                plain.more(50);
                branch.more(50);
                for (int change = 1; change <= CHANGES / 2; change++) {
                    gateway.table(table(change, base, other, lane));
                }
                threads = Thread.activeCount();
                heap = heap(gateway);
                for (int change = 1; change <= CHANGES; change++) {
                    gateway.table(table(change, base, other, lane));
                    TimeUnit.MICROSECONDS.sleep(500);
                }
                plain.more(100);
                branch.more(100);
                grown = heap(gateway) - heap;
                assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 10);
            }
            System.out.println(CHANGES + " table changes in "
                    + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began) + " s: sent "
                    + (plain.sent.get() + branch.sent.get()) + ", failed or misrouted "
                    + (plain.failed.get() + branch.failed.get()) + " " + plain.failures + branch.failures
                    + ", heap " + heap / 1024 + " KB, grown by " + grown / 1024 + " KB");
            assertThat(grown).as("bytes of heap").isLessThan(GROWTH);
            assertThat(plain.failed.get() + branch.failed.get()).isZero();
        }
    }
}
