package io.laneway.gateway.runtime.limit;

import io.laneway.gateway.runtime.config.RatesConfig;

/** Makes token stores. Found by {@link java.util.ServiceLoader}; has a public constructor without parameters. */
public interface TokenStoreProvider {

    /** A store that is not connected yet. */
    TokenStore open(RatesConfig config);
}
