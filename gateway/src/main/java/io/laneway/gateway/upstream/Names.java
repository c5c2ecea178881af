package io.laneway.gateway.upstream;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Host names and their addresses, looked up on threads of its own and kept for a while; what is old is served on while
 * it is looked up again, so that a resolver that is slow or gone harms only names nobody asked for before. Safe for many
 * threads.
 */
public final class Names implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Names.class);
    private static final int MAX_NAMES = 10_000;

    /** Lookups that nobody answers hold up no others until there are so many. */
    private static final int LOOKUPS = 8;

    private static final Duration REFRESH = Duration.ofSeconds(10);

    /** Kept connections ask for no name: an endpoint may need its old address after a long while. */
    private static final Duration FORGET = Duration.ofDays(1);

    /** Looks a name up; may block. */
    @FunctionalInterface
    public interface Lookup {
        /** What the system's resolver knows. */
        Lookup SYSTEM = InetAddress::getAllByName;

        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final ThreadPoolExecutor lookups = pool("laneway-names", LOOKUPS);
    private final ThreadPoolExecutor threads = pool("laneway-files", 1);
    private final AsyncLoadingCache<String, List<InetAddress>> cache;

    /** @param nanos a clock for durations, as {@link System#nanoTime} */
    public Names(Lookup lookup, LongSupplier nanos) {
        this.cache = Caffeine.newBuilder()
                .maximumSize(MAX_NAMES)
                .expireAfterAccess(FORGET)
                .refreshAfterWrite(REFRESH)
                .executor(lookups)
                .ticker(nanos::getAsLong)
                .buildAsync(new Loader(lookup));
    }

    /** Made as needed, gone when idle. */
    private static ThreadPoolExecutor pool(String name, int most) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(most, most, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        pool.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** A thread that may block, for what else connecting needs from files. */
    public Executor threads() {
        return threads;
    }

    /** The addresses of a name, at least one; failed with {@link UnknownHostException} if there are none. */
    public CompletableFuture<List<InetAddress>> resolve(String host) {
        return cache.get(host).thenCompose(found -> {
            if (found.isEmpty()) {
                cache.synchronous().invalidate(host);
                return CompletableFuture.failedFuture(new UnknownHostException(host));
            }
            return CompletableFuture.completedFuture(found);
        });
    }

    @Override
    public void close() {
        lookups.shutdownNow();
        threads.shutdownNow();
        try {
            lookups.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks up, and keeps what is known where nobody knows better; none is no addresses. Safe for many threads. */
    private record Loader(Lookup lookup) implements CacheLoader<String, List<InetAddress>> {

        @Override
        public List<InetAddress> load(String host) {
            try {
                return List.of(lookup.addresses(host));
            } catch (UnknownHostException e) {
                log.atDebug().addKeyValue("host", host).log("a name is not found");
                return List.of();
            }
        }

        @Override
        public List<InetAddress> reload(String host, List<InetAddress> known) {
            List<InetAddress> found = load(host);
            if (found.isEmpty()) {
                log.atWarn().addKeyValue("host", host).log("a name is not found any more, its last addresses stay");
                return known;
            }
            return found;
        }
    }
}
