package io.laneway.k8s.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoalescerTest {

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void manySignalsWithinTheWindowAreOneRun() {
        Coalescer coalescer = new Coalescer(executor, Duration.ofMillis(200), runs::incrementAndGet);
        for (int i = 0; i < 1_000; i++) {
            coalescer.signal();
        }
        await().until(() -> runs.get() > 0);
        assertThat(runs).hasValue(1);
    }

    @Test
    void aSignalDuringARunIsAnotherRun() {
        Coalescer[] self = new Coalescer[1];
        self[0] = new Coalescer(executor, Duration.ZERO, () -> {
            if (runs.incrementAndGet() < 3) {
                self[0].signal();
            }
        });
        self[0].signal();
        await().untilAtomic(runs, org.hamcrest.Matchers.is(3));
    }

    @Test
    void aRunThatFailedIsTriedAgain() {
        Coalescer coalescer = new Coalescer(executor, Duration.ZERO, () -> {
            if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("on purpose");
            }
        });
        coalescer.signal();
        await().until(() -> runs.get() == 2);
    }

    @Test
    void aSignalAfterTheEndIsNoError() {
        executor.shutdownNow();
        new Coalescer(executor, Duration.ZERO, runs::incrementAndGet).signal();
        assertThat(runs).hasValue(0);
    }
}
