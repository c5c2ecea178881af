package io.laneway.gateway.runtime.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.config.RatesConfig;
import io.laneway.router.policy.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FleetRatesTest {

    private static final Rate RATE = new Rate(100, Duration.ofSeconds(1), 80, Rate.Key.LANE, "", Rate.Scope.FLEET);

    private final AtomicLong clock = new AtomicLong(1);
    private final Store store = new Store();

    /** Has as many tokens as it is said, or does not respond. */
    private static final class Store implements TokenStore {
        private final List<Order> orders = new ArrayList<>();
        private volatile int left = 1_000;
        private volatile boolean hangs;

        @Override
        public synchronized CompletionStage<List<Grant>> reserve(List<Order> wanted) {
            orders.addAll(wanted);
            if (hangs) {
                return new CompletableFuture<>();
            }
            List<Grant> grants = new ArrayList<>();
            for (Order each : wanted) {
                int tokens = Math.min(left, each.tokens());
                left -= tokens;
                grants.add(new Grant(tokens, tokens < each.tokens() ? 10_000_000 : 0));
            }
            return CompletableFuture.completedFuture(grants);
        }

        synchronized List<Order> orders() {
            return List.copyOf(orders);
        }

        @Override
        public CompletionStage<Integer> present() {
            return hangs
                    ? CompletableFuture.failedFuture(new IllegalStateException())
                    : CompletableFuture.completedFuture(4);
        }

        @Override
        public void close() {}
    }

    /** Of a store that responds, however busy the machine is. */
    private FleetRates rates() {
        return rates(RatesConfig.Failure.SHARE, Duration.ofSeconds(1));
    }

    private FleetRates rates(RatesConfig.Failure failure) {
        return rates(failure, Duration.ofMillis(20));
    }

    private FleetRates rates(RatesConfig.Failure failure, Duration timeout) {
        FleetRates rates = new FleetRates(
                new RatesConfig(
                        List.of("redis://r"),
                        false,
                        RatesConfig.Login.NONE,
                        RatesConfig.Files.NONE,
                        "p",
                        timeout,
                        failure),
                () -> store,
                clock::get);
        rates.start(Duration.ofMinutes(1));
        return rates;
    }

    private RateLimiter limiter(FleetRates rates) {
        return new RateLimiter(RATE, 1, clock::get, new FleetBuckets("order", RATE, rates));
    }

    /** Takes, and waits as a request does. */
    private static long take(RateLimiter limiter, String key) {
        long wait = limiter.take(key);
        while (wait == RateLimiter.UNSETTLED) {
            CompletableFuture<Boolean> woken = new CompletableFuture<>();
            limiter.await(key, woken::complete);
            woken.join();
            wait = limiter.take(key);
        }
        return wait;
    }

    @Test
    void aKeyOfWhichLittleIsSpentIsReservedOneByOne() {
        try (FleetRates rates = rates()) {
            RateLimiter limiter = limiter(rates);
            for (int i = 0; i < 5; i++) {
                assertThat(take(limiter, "a")).isZero();
                clock.addAndGet(1_000_000_000);
            }
            assertThat(store.left).isEqualTo(995);
        }
    }

    @Test
    void aTokenThatCameSinceARequestLookedIsNotOrderedAgain() {
        try (FleetRates rates = rates()) {
            RateLimiter limiter = limiter(rates);
            for (int i = 0; i < 2; i++) {
                CompletableFuture<Boolean> woken = new CompletableFuture<>();
                limiter.await("a", woken::complete);
                woken.join();
            }
            assertThat(limiter.take("a")).isZero();
            assertThat(store.orders()).hasSize(1);
        }
    }

    @Test
    void slicesGrowWithWhatIsSpentUpToAnEighthOfTheBurst() {
        try (FleetRates rates = rates()) {
            RateLimiter limiter = limiter(rates);
            for (int i = 0; i < 200; i++) {
                assertThat(take(limiter, "a")).isZero();
                clock.addAndGet(1_000_000);
            }
            assertThat(store.orders())
                    .extracting(TokenStore.Order::tokens)
                    .contains(10)
                    .allMatch(each -> each <= 10);
            assertThat(store.orders()).hasSizeLessThan(60);
        }
    }

    @Test
    void reservedTokensAreNotSpentAfterTheirTime() {
        try (FleetRates rates = rates()) {
            RateLimiter limiter = limiter(rates);
            for (int i = 0; i < 100; i++) {
                take(limiter, "a");
                clock.addAndGet(1_000_000);
            }
            store.left = 0;
            clock.addAndGet(Lease.HOLD);
            assertThat(take(limiter, "a")).isPositive();
        }
    }

    @Test
    void whileTheStoreIsAwayEachCountsByAnEqualShareAndNobodyWaits() {
        try (FleetRates rates = rates(RatesConfig.Failure.SHARE)) {
            RateLimiter limiter = limiter(rates);
            store.hangs = true;
            int through = 0;
            for (int i = 0; i < 100; i++) {
                through += take(limiter, "a") == 0 ? 1 : 0;
            }
            assertThat(through).as("a quarter of the burst").isBetween(19, 21);
            assertThat(rates.away()).isTrue();
            assertThat(rates.alone()).isEqualTo(100);
            assertThat(rates.waits()).isEqualTo(1);
            store.hangs = false;
            await().until(() -> !rates.away());
            await().until(() -> take(limiter, "a") == 0);
        }
    }

    @Test
    void whileTheStoreIsAwayAllPassOrNoneWhereThatIsWanted() {
        try (FleetRates rates = rates(RatesConfig.Failure.ALLOW)) {
            RateLimiter limiter = limiter(rates);
            store.hangs = true;
            for (int i = 0; i < 200; i++) {
                assertThat(take(limiter, "a")).isZero();
            }
        }
        store.hangs = false;
        try (FleetRates rates = rates(RatesConfig.Failure.DENY)) {
            RateLimiter limiter = limiter(rates);
            store.hangs = true;
            assertThat(take(limiter, "a")).isPositive();
        }
    }
}
