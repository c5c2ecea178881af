package io.laneway.redis;

import io.laneway.gateway.runtime.config.RatesConfig;
import io.laneway.gateway.runtime.limit.TokenStore;
import io.laneway.gateway.runtime.limit.TokenStoreProvider;

/** Makes token stores of servers that speak Redis' protocol. Stateless. */
public final class RedisTokenStores implements TokenStoreProvider {

    /** For {@link java.util.ServiceLoader}. */
    public RedisTokenStores() {}

    @Override
    public TokenStore open(RatesConfig config) {
        return new RedisTokenStore(config);
    }
}
