package io.laneway.gateway.traffic.token;

import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.config.JwtConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.router.background.DaemonThreadFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of all listeners, with the threads that verify them and read their keys; without any thread where no listener
 * has {@code jwt}. Safe for many threads.
 */
public final class Tokens implements AutoCloseable {

    /** Files are looked at as often as those of certificates. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private static final int MOST_QUEUED = 4096;
    private static final int MOST_VERIFYING = 4;
    private static final long IDLE_SECONDS = 30;

    private final Map<String, ListenerTokens> byListener = new LinkedHashMap<>();
    private final @Nullable Workers workers;

    /** Threads that verify, and one that reads keys. */
    private record Workers(ThreadPoolExecutor verifying, ScheduledExecutorService keys) {

        static Workers start() {
            int most = Math.max(1, Math.min(MOST_VERIFYING, Runtime.getRuntime().availableProcessors() / 2));
            ThreadPoolExecutor verifying = new ThreadPoolExecutor(
                    most,
                    most,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(MOST_QUEUED),
                    new DaemonThreadFactory("laneway-tokens"));
            verifying.allowCoreThreadTimeOut(true);
            ScheduledExecutorService keys =
                    Executors.newSingleThreadScheduledExecutor(new DaemonThreadFactory("laneway-token-keys"));
            return new Workers(verifying, keys);
        }
    }

    private Tokens(@Nullable Workers workers) {
        this.workers = workers;
    }

    /**
     * Those of a gateway, whose keys are being read.
     *
     * @param nanos time that is never set, such as {@link System#nanoTime}
     */
    public static Tokens of(GatewayConfig config, Clock clock, LongSupplier nanos) {
        if (config.listeners().stream().allMatch(listener -> listener.jwt() == null)) {
            return new Tokens(null);
        }
        Workers workers = Workers.start();
        Tokens tokens = new Tokens(workers);
        long heap = Runtime.getRuntime().maxMemory();
        for (ListenerConfig listener : config.listeners()) {
            JwtConfig jwt = listener.jwt();
            if (jwt != null) {
                tokens.byListener.put(
                        listener.name(),
                        new ListenerTokens(
                                listener.name(),
                                jwt,
                                issuer -> keys(issuer, jwt, workers, nanos),
                                workers.verifying(),
                                clock,
                                heap));
            }
        }
        tokens.byListener.values().forEach(ListenerTokens::start);
        return tokens;
    }

    private static IssuerKeys keys(JwtConfig.Issuer issuer, JwtConfig jwt, Workers workers, LongSupplier nanos) {
        boolean file = "file".equals(issuer.jwks().getScheme());
        KeyDocument document = file
                ? new KeyFile(Path.of(issuer.jwks()), workers.keys())
                : new KeyServer(issuer.jwks(), new KeyClient(workers.keys(), issuer.ca()), jwt.timeout());
        return new IssuerKeys(issuer.issuer(), document, file ? LOOK_EVERY : issuer.refresh(), nanos, workers.keys());
    }

    /** The tokens of a listener, null if it has no {@code jwt}. */
    public @Nullable ListenerTokens of(String listener) {
        return byListener.get(listener);
    }

    /** Those of each listener that has {@code jwt}. */
    public List<ListenerTokens> all() {
        return List.copyOf(byListener.values());
    }

    @Override
    public void close() {
        if (workers != null) {
            workers.verifying().shutdownNow();
            workers.keys().shutdownNow();
        }
    }
}
