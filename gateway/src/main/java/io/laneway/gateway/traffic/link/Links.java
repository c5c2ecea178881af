package io.laneway.gateway.traffic.link;

import io.laneway.gateway.runtime.config.CarrierRule;
import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.router.background.DaemonThreadFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The links of all listeners with {@code lanes: signed}, with the one thread that verifies them, so that forged ones cost a
 * bounded part of the machine; without a thread where there is no such listener. Safe for many threads.
 */
public final class Links implements AutoCloseable {

    private static final int MOST_QUEUED = 1024;
    private static final long IDLE_SECONDS = 30;

    private final Map<String, ListenerLinks> byListener = new LinkedHashMap<>();
    private final @Nullable ThreadPoolExecutor worker;

    private Links(@Nullable ThreadPoolExecutor worker) {
        this.worker = worker;
    }

    /** Those of a gateway. */
    public static Links of(GatewayConfig config) {
        List<ListenerConfig> signed = config.listeners().stream()
                .filter(listener -> listener.lanes() == CarrierRule.SIGNED)
                .toList();
        if (signed.isEmpty()) {
            return new Links(null);
        }
        ThreadPoolExecutor worker = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_QUEUED),
                new DaemonThreadFactory("laneway-links"));
        worker.allowCoreThreadTimeOut(true);
        Links links = new Links(worker);
        signed.forEach(listener -> links.byListener.put(listener.name(), new ListenerLinks(listener.name(), worker)));
        return links;
    }

    /** The links of a listener, null if its lanes are not signed. */
    public @Nullable ListenerLinks of(String listener) {
        return byListener.get(listener);
    }

    /** Those of each listener that has signed lanes. */
    public List<ListenerLinks> all() {
        return List.copyOf(byListener.values());
    }

    /** The thread that verifies, null where there is no such listener. */
    @Nullable
    ThreadPoolExecutor worker() {
        return worker;
    }

    @Override
    public void close() {
        if (worker != null) {
            worker.shutdownNow();
        }
    }
}
