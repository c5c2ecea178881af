package io.laneway.gateway.traffic.token;

import java.util.concurrent.CompletableFuture;

/** Where the JWK Set of an issuer is. Implementations are safe for many threads. */
interface KeyDocument {

    /** Reads it once, within the timeout. The future fails if it cannot be had; no thread waits. */
    CompletableFuture<byte[]> read();
}
