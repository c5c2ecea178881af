package io.laneway.redis;

import io.laneway.gateway.runtime.config.RatesConfig;
import io.laneway.gateway.runtime.limit.TokenStore;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that are reserved in Redis or Valkey, by a script a key; all scripts of a batch are sent before a response. Keys
 * are those of one hash slot each, so that a cluster spreads them. Confined to the thread of its caller.
 */
final class RedisTokenStore implements TokenStore {

    private static final String PRESENT_MILLIS = "3000";

    private final Script reserve = new Script("reserve.lua", ScriptOutputType.MULTI);
    private final Script present = new Script("present.lua", ScriptOutputType.INTEGER);
    private final RedisServers servers;
    private final String prefix;
    private final String self = UUID.randomUUID().toString();
    private @Nullable RedisClusterAsyncCommands<String, String> link;

    RedisTokenStore(RatesConfig config) {
        this.servers = new RedisServers(config);
        this.prefix = config.prefix();
    }

    @Override
    public CompletionStage<List<Grant>> reserve(List<Order> orders) {
        RedisClusterAsyncCommands<String, String> to = link;
        if (to == null) {
            return CompletableFuture.failedFuture(new IllegalStateException("not connected"));
        }
        List<CompletableFuture<List<Long>>> responses = new ArrayList<>(orders.size());
        try {
            for (Order each : orders) {
                responses.add(ask(to, each).toCompletableFuture());
            }
        } catch (RedisException e) {
            return CompletableFuture.failedFuture(e);
        }
        return CompletableFuture.allOf(responses.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> responses.stream()
                        .map(CompletableFuture::join)
                        .map(said -> new Grant(said.get(0).intValue(), said.get(1)))
                        .toList());
    }

    private CompletionStage<List<Long>> ask(RedisClusterAsyncCommands<String, String> commands, Order order) {
        return reserve.run(
                commands,
                prefix + ":rate:" + order.key(),
                Long.toString(order.interval()),
                Long.toString(order.depth()),
                Integer.toString(order.tokens()));
    }

    @Override
    public CompletionStage<Integer> present() {
        try {
            RedisClusterAsyncCommands<String, String> to = link;
            if (to == null) {
                to = servers.connect();
                link = to;
            }
            return present.<Long>run(to, prefix + ":gateways", self, PRESENT_MILLIS)
                    .thenApply(Long::intValue);
        } catch (RedisException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void close() {
        servers.close();
    }
}
