package io.laneway.gateway.runtime.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.policy.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private static final Rate HUNDRED = new Rate(100, Duration.ofSeconds(1), 100, Rate.Key.TENANT, "");

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000);
    private final RateLimiter limiter = new RateLimiter(HUNDRED, clock::get);

    @Test
    void keepsEachOfAThousandKeysBetweenItsBounds() {
        int keys = 1000;
        int seconds = 5;
        int[] through = new int[keys];
        int sent = 0;
        Random random = new Random(5);
        for (int milli = 0; milli < seconds * 1000; milli++) {
            clock.addAndGet(1_000_000);
            for (int key = 0; key < keys; key++) {
                if (random.nextInt(100) < 20) {
                    sent++;
                    through[key] += limiter.take("tenant-" + key) == 0 ? 1 : 0;
                }
            }
        }
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int each : through) {
            least = Math.min(least, each);
            most = Math.max(most, each);
        }
        System.out.println("rate limit: sent " + sent + " for " + keys + " keys in " + seconds + " s, through per key "
                + least + " to " + most);
        assertThat(most).isLessThanOrEqualTo(100 * seconds + 100);
        assertThat(least).isGreaterThanOrEqualTo(98 * seconds);
    }

    @Test
    void keepsEachOfAThousandKeysExactlyAtItsBoundWhenAskedFromManyThreadsAtOnce() throws Exception {
        int threads = 4;
        int keys = 1000;
        int steps = 50;
        AtomicIntegerArray through = new AtomicIntegerArray(keys);
        CyclicBarrier step = new CyclicBarrier(threads, () -> clock.addAndGet(100_000_000));
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                running.add(pool.submit(() -> {
                    for (int i = 0; i < steps; i++) {
                        step.await();
                        ask(through, i == 0 ? 110 / threads + 1 : 11 / threads + 1);
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
        // the bucket was full at first, and was given ten in each of the steps that followed
        for (int key = 0; key < keys; key++) {
            assertThat(through.get(key)).isEqualTo(100 + 10 * (steps - 1));
        }
    }

    private void ask(AtomicIntegerArray through, int times) {
        for (int key = 0; key < through.length(); key++) {
            for (int i = 0; i < times; i++) {
                if (limiter.take("tenant-" + key) == 0) {
                    through.incrementAndGet(key);
                }
            }
        }
    }

    @Test
    void saysHowLongToWait() {
        for (int i = 0; i < 100; i++) {
            assertThat(limiter.take("a")).isZero();
        }
        assertThat(limiter.take("a")).isEqualTo(10_000_000);
        assertThat(limiter.take("b")).isZero();
        clock.addAndGet(10_000_000);
        assertThat(limiter.take("a")).isZero();
    }

    @Test
    void aShareLetsThatPartThroughAndOneRequestAtLeast() {
        limiter.share(0.25);
        int through = 0;
        for (int milli = 0; milli < 4_000; milli++) {
            clock.addAndGet(1_000_000);
            through += limiter.take("a") == 0 ? 1 : 0;
        }
        assertThat(through).isBetween(100 + 25 - 1, 100 + 25 + 1);
        limiter.share(1e-6);
        assertThat(limiter.take("new")).isZero();
        assertThat(limiter.take("new")).isPositive();
        limiter.share(1);
        clock.addAndGet(1_000_000_000);
        assertThat(limiter.take("a")).isZero();
        assertThat(limiter.share()).isEqualTo(1);
    }

    @Test
    void keepsBoundedMemoryHoweverManyKeys() {
        for (int i = 0; i < 1_000_000; i++) {
            limiter.take("key-" + i);
        }
        assertThat(limiter.keys()).isLessThanOrEqualTo(RateLimiter.MAX_KEYS);
    }
}
