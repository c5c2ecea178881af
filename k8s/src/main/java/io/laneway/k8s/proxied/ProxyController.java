package io.laneway.k8s.proxied;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.laneway.k8s.client.Refused;
import io.laneway.k8s.discovery.DiscoveryRules;
import io.laneway.k8s.discovery.ProxiedServices;
import io.laneway.router.background.Backoff;
import io.laneway.router.background.DaemonThreadFactory;
import io.laneway.router.source.TableEditor;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps Services pointed at the gateway whose owners want that ({@code laneway.io/proxied: "true"}), and takes back those
 * that are wanted so no more, whatever tool changes them meanwhile. Looks at a Service after each change of it, of the one
 * beside it or of their endpoints, and again while a step waits. Works on a thread of its own; safe for many threads.
 */
public final class ProxyController implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ProxyController.class);
    private static final Backoff LOOKS = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreadFactory("laneway-k8s-proxied"));
    private final Set<String> queued = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> turns = new HashMap<>();
    private final Map<String, String> refused = new HashMap<>();
    private final Consumer<String> listener = this::changed;
    private final KubernetesClient client;
    private final ProxiedServices services;
    private final ProxyKeeper keeper;

    /** @param services what discovery sees of proxied Services; learns why one is not as wanted */
    public ProxyController(
            KubernetesClient client,
            DiscoveryRules rules,
            ProxiedServices services,
            TableEditor editor,
            GatewayView gateways) {
        this.client = client;
        this.services = services;
        this.keeper = new ProxyKeeper(client, rules, new KnownTable(editor, services, gateways));
    }

    /** Looks at all that are known, and from now on at what changes. */
    public void start() {
        services.listen(listener);
        services.keys().forEach(this::changed);
    }

    private void changed(String key) {
        if (queued.add(key)) {
            later(Duration.ZERO, () -> {
                queued.remove(key);
                look(key, turns.merge(key, 1, Integer::sum), 0);
            });
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void later(Duration pause, Runnable task) {
        try {
            thread.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.atDebug().log("change after close");
        }
    }

    /** Looks, and looks again while a step waits; a change of the Service ends the retries that earlier ones began. */
    private void look(String key, int turn, int looks) {
        if (!Integer.valueOf(turn).equals(turns.get(key))) {
            return;
        }
        Look look;
        try {
            look = attempt(key);
        } catch (RuntimeException e) {
            log.atWarn().addKeyValue("service", key).setCause(e).log("proxied Service not looked at, will try again");
            look = Look.waits(String.valueOf(e.getMessage()));
        }
        said(key, look);
        if (look.state() == Look.State.WAITS) {
            later(LOOKS.after(looks), () -> look(key, turn, looks + 1));
        }
    }

    private void said(String key, Look look) {
        if (look.state() == Look.State.REFUSED && !look.what().equals(services.noted(key))) {
            log.atWarn()
                    .addKeyValue("service", key)
                    .addKeyValue("why", look.what())
                    .log("Service is not proxied as asked for");
        }
        services.note(
                key,
                switch (look.state()) {
                    case DONE -> null;
                    case WAITS -> "waits for " + look.what();
                    case REFUSED -> look.what();
                });
    }

    private Look attempt(String key) {
        int slash = key.indexOf('/');
        Service service = client.services()
                .inNamespace(key.substring(0, slash))
                .withName(key.substring(slash + 1))
                .get();
        if (service == null) {
            refused.remove(key);
            turns.remove(key);
            return Look.DONE;
        }
        String version = service.getMetadata().getResourceVersion();
        if (version != null && version.equals(refused.get(key))) {
            return Look.refused(Objects.requireNonNullElse(services.noted(key), ""));
        }
        try {
            Look look = keeper.look(service);
            refused.remove(key);
            return look;
        } catch (KubernetesClientException e) {
            return failed(key, version, e);
        }
    }

    /** What the API server refuses for good is said once, and tried again when the Service changes. */
    private Look failed(String key, String version, KubernetesClientException e) {
        if (!Refused.forGood(e)) {
            return Look.waits(Refused.said(e));
        }
        refused.put(key, version);
        return Look.refused(Refused.said(e));
    }

    @Override
    public void close() {
        services.ignore(listener);
        thread.shutdownNow();
    }
}
