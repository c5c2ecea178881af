package io.laneway.gateway.testkit;

import io.laneway.gateway.runtime.config.RatesConfig;
import io.laneway.gateway.runtime.limit.TokenStore;
import io.laneway.gateway.runtime.limit.TokenStoreProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Stores of tokens that tests put here. */
public final class GivenTokens implements TokenStoreProvider {

    private static final Map<String, Function<TokenStore.Order, TokenStore.Grant>> STORES = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBER = new AtomicLong();

    /** Rates that are counted by a store with these grants, which come on a thread of its own. */
    public static RatesConfig config(Function<TokenStore.Order, TokenStore.Grant> grants) {
        String key = "given" + NUMBER.incrementAndGet();
        STORES.put(key, grants);
        return new RatesConfig(
                List.of("redis://given"),
                false,
                RatesConfig.Login.NONE,
                RatesConfig.Files.NONE,
                key,
                Duration.ofSeconds(1),
                RatesConfig.Failure.DENY);
    }

    @Override
    public TokenStore open(RatesConfig config) {
        return new Store(STORES.get(config.prefix()));
    }

    private record Store(Function<TokenStore.Order, TokenStore.Grant> grants) implements TokenStore {
        @Override
        public CompletionStage<List<Grant>> reserve(List<Order> orders) {
            return CompletableFuture.supplyAsync(
                    () -> orders.stream().map(grants).toList());
        }

        @Override
        public CompletionStage<Integer> present() {
            return CompletableFuture.completedFuture(1);
        }

        @Override
        public void close() {}
    }
}
