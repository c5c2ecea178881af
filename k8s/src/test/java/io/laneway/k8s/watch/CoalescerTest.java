package io.laneway.k8s.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoalescerTest {

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger runs = new AtomicInteger();
    private final Delays delays = new Delays();

    @AfterEach
    void stop() {
        executor.shutdownNow();
        delays.shutdownNow();
    }

    @Test
    void theFirstSignalWaitsForNothingAndThoseAfterItAreGathered() {
        AtomicLong now = new AtomicLong(5);
        Coalescer coalescer = new Coalescer(delays, Duration.ofMillis(25), runs::incrementAndGet, now::get);
        coalescer.signal();
        assertThat(delays.taken()).containsExactly(0L);
        assertThat(runs).hasValue(1);
        now.addAndGet(Duration.ofMillis(10).toNanos());
        for (int i = 0; i < 1_000; i++) {
            coalescer.signal();
        }
        assertThat(delays.asked).containsExactly(Duration.ofMillis(15).toNanos());
        now.addAndGet(delays.taken().get(0));
        assertThat(runs).hasValue(2);
        now.addAndGet(Duration.ofMillis(25).toNanos());
        coalescer.signal();
        assertThat(delays.taken()).containsExactly(0L);
        assertThat(runs).hasValue(3);
    }

    @Test
    void aSteadyStreamIsARunAWindow() {
        AtomicLong now = new AtomicLong();
        Coalescer coalescer = new Coalescer(delays, Duration.ofMillis(25), runs::incrementAndGet, now::get);
        for (int millis = 0; millis < 1_000; millis++) {
            now.set(Duration.ofMillis(millis).toNanos());
            coalescer.signal();
            if (millis % 25 == 0) {
                delays.taken();
            }
        }
        assertThat(runs).hasValue(40);
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

    /** Notes what it is to run and when, and runs it when asked. */
    private static final class Delays extends ScheduledThreadPoolExecutor {

        private final List<Long> asked = new ArrayList<>();
        private final List<Runnable> tasks = new ArrayList<>();

        private Delays() {
            super(1);
        }

        /** Runs what was asked for; the delays in nanoseconds. */
        private List<Long> taken() {
            List<Long> delays = List.copyOf(asked);
            List<Runnable> now = List.copyOf(tasks);
            asked.clear();
            tasks.clear();
            now.forEach(Runnable::run);
            return delays;
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            asked.add(unit.toNanos(delay));
            tasks.add(task);
            return super.schedule(() -> {}, 1, TimeUnit.DAYS);
        }
    }

    @Test
    void aSignalAfterTheEndIsNoError() {
        executor.shutdownNow();
        new Coalescer(executor, Duration.ZERO, runs::incrementAndGet).signal();
        assertThat(runs).hasValue(0);
    }
}
