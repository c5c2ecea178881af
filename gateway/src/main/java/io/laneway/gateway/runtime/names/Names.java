package io.laneway.gateway.runtime.names;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.laneway.router.background.DaemonThreadFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Host names and their addresses. Each connection asks the lookup, which keeps answers for their TTL; the last known addresses
 * serve while it does not answer or finds none, so that a resolver that is slow or gone harms only names that were not asked
 * for before (RFC 8767). Safe for many threads.
 */
public final class Names implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Names.class);
    private static final int MAX_NAMES = 10_000;

    /** How long a lookup may take where an older answer is known. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    /** Kept connections ask for no name: an endpoint may need its old address after a long while. */
    private static final Duration FORGET = Duration.ofDays(1);

    private final Lookup lookup;
    private final ConcurrentHashMap<String, CompletableFuture<List<InetAddress>>> asked = new ConcurrentHashMap<>();
    private final Cache<String, Known> known = Caffeine.newBuilder()
            .maximumSize(MAX_NAMES)
            .expireAfterAccess(FORGET)
            .build();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new DaemonThreadFactory("laneway-files"));

    /**
     * The last answer for a name. Immutable.
     *
     * @param current whether the lookup still says so
     */
    private record Known(List<InetAddress> addresses, boolean current) {}

    public Names(Lookup lookup) {
        this.lookup = lookup;
        threads.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        threads.allowCoreThreadTimeOut(true);
    }

    /** A thread that may block, for what else connecting needs from files. */
    public Executor threads() {
        return threads;
    }

    /** The addresses of a name, at least one; failed with {@link UnknownHostException} if there are none. */
    public CompletableFuture<List<InetAddress>> resolve(String host) {
        CompletableFuture<List<InetAddress>> result = ask(host);
        Known last = known.getIfPresent(host);
        return last == null
                ? result.copy()
                : result.copy().completeOnTimeout(last.addresses(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The lookup in progress, or a new one. */
    private CompletableFuture<List<InetAddress>> ask(String host) {
        CompletableFuture<List<InetAddress>> result = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> other = asked.putIfAbsent(host, result);
        if (other != null) {
            return other;
        }
        var unused = lookup.addresses(host).whenComplete((found, failure) -> {
            List<InetAddress> settled = settle(host, found);
            asked.remove(host, result);
            if (settled == null) {
                result.completeExceptionally(new UnknownHostException(host));
            } else {
                result.complete(settled);
            }
        });
        return result;
    }

    /** What counts after a lookup: its addresses, or those known before if it found none. */
    private @Nullable List<InetAddress> settle(String host, @Nullable List<InetAddress> found) {
        if (found != null && !found.isEmpty()) {
            known.put(host, new Known(List.copyOf(found), true));
            return found;
        }
        Known last = known.getIfPresent(host);
        if (last == null) {
            log.atDebug().addKeyValue("host", host).log("a name is not found");
            return null;
        }
        if (last.current()) {
            known.put(host, new Known(last.addresses(), false));
            log.atWarn().addKeyValue("host", host).log("a name is not found any more, its last addresses stay");
        }
        return last.addresses();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        lookup.close();
    }
}
