package io.laneway.gateway.runtime.names;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Finds the addresses of host names, without blocking. Safe for many threads. */
@FunctionalInterface
public interface Lookup extends AutoCloseable {

    /**
     * The addresses of a name as they are now; none, or failed, if there are none. Asked for each connection: it keeps answers
     * for as long as their source allows.
     */
    CompletableFuture<List<InetAddress>> addresses(String host);

    @Override
    default void close() {}
}
