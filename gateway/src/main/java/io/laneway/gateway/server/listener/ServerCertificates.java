package io.laneway.gateway.server.listener;

import io.laneway.gateway.protocol.tls.CertificateEnd;
import io.laneway.gateway.protocol.tls.ServerTls;
import io.laneway.gateway.protocol.tls.TlsFailure;
import io.laneway.gateway.protocol.tls.UpstreamTlsContexts;
import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.StartFailure;
import io.laneway.gateway.runtime.config.TlsConfig;
import io.laneway.router.background.DaemonThreadFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of all listeners and towards upstreams, with the one thread that looks every second whether their files
 * changed. Safe for many threads.
 */
final class ServerCertificates implements AutoCloseable {

    private static final long LOOK_EVERY_SECONDS = 1;

    private final UpstreamTlsContexts upstreams;
    private final Map<String, ServerTls> byListener = new LinkedHashMap<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreadFactory("laneway-certificates"));

    /** @throws IllegalStateException if a listener's certificates are missing or broken */
    ServerCertificates(GatewayConfig config, UpstreamTlsContexts upstreams) {
        this.upstreams = upstreams;
        for (ListenerConfig listener : config.listeners()) {
            TlsConfig tls = listener.tls();
            if (tls != null) {
                byListener.put(listener.name(), load(listener, tls, config));
            }
        }
        var unused = thread.scheduleWithFixedDelay(
                () -> {
                    byListener.values().forEach(ServerTls::reloadIfChanged);
                    upstreams.reloadIfChanged();
                },
                LOOK_EVERY_SECONDS,
                LOOK_EVERY_SECONDS,
                TimeUnit.SECONDS);
    }

    private ServerTls load(ListenerConfig listener, TlsConfig tls, GatewayConfig config) {
        try {
            return ServerTls.load(tls, config.timeouts().head(), thread);
        } catch (TlsFailure e) {
            thread.shutdownNow();
            throw new StartFailure("listeners: " + listener.name() + ": tls", e);
        }
    }

    /** The TLS of a listener, or null if it speaks in the clear. */
    @Nullable
    ServerTls of(ListenerConfig listener) {
        return byListener.get(listener.name());
    }

    /** What is wrong with certificate files now, by listener; those of upstreams as {@code upstream}. */
    Map<String, String> problems() {
        Map<String, String> problems = new LinkedHashMap<>();
        byListener.forEach((name, tls) -> {
            if (!tls.problem().isEmpty()) {
                problems.put(name, tls.problem());
            }
        });
        upstreams
                .problems()
                .forEach(problem -> problems.merge("upstream", problem, (one, other) -> one + "; " + other));
        return problems;
    }

    /** When the certificates in force end, by listener; those shown to endpoints as {@code upstream}. */
    Map<String, List<CertificateEnd>> ends() {
        Map<String, List<CertificateEnd>> ends = new LinkedHashMap<>();
        byListener.forEach((name, tls) -> ends.put(name, tls.ends()));
        List<CertificateEnd> shown = upstreams.ends();
        if (!shown.isEmpty()) {
            ends.put("upstream", shown);
        }
        return ends;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
