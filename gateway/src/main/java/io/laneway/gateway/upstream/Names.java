package io.laneway.gateway.upstream;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Host names and their addresses, looked up on threads of its own and kept for a while; what is old is served on while
 * it is looked up again, so that a resolver that is slow or gone harms only names nobody asked for before. Safe for many
 * threads.
 */
public final class Names implements AutoCloseable {

    private static final int MAX_NAMES = 10_000;
    private static final int THREADS = 2;
    private static final Duration REFRESH = Duration.ofSeconds(10);
    private static final Duration FORGET = Duration.ofMinutes(30);

    /** Looks a name up; may block. */
    @FunctionalInterface
    public interface Lookup {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "laneway-names");
        thread.setDaemon(true);
        return thread;
    });
    private final AsyncLoadingCache<String, List<InetAddress>> cache;

    /** Names as the system's resolver knows them. */
    public Names() {
        this(InetAddress::getAllByName);
    }

    Names(Lookup lookup) {
        this.cache = Caffeine.newBuilder()
                .maximumSize(MAX_NAMES)
                .expireAfterAccess(FORGET)
                .refreshAfterWrite(REFRESH)
                .executor(threads)
                .buildAsync(host -> List.of(lookup.addresses(host)));
    }

    /** Threads that may block, for what else connecting needs from files. */
    public Executor threads() {
        return threads;
    }

    /** The addresses of a name, at least one; failed with {@link UnknownHostException} if there are none. */
    public CompletableFuture<List<InetAddress>> resolve(String host) {
        return cache.get(host);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
