package io.laneway.k8s.discovery;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.backend.BackendPolicies;
import io.laneway.k8s.backend.PolicyWatch;
import io.laneway.k8s.finding.Finding;
import io.laneway.k8s.host.HostOwners;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.watch.ClusterWatch;
import io.laneway.k8s.watch.Coalescer;
import io.laneway.router.background.DaemonThreadFactory;
import io.laneway.router.source.DeploymentSource.Overlay;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of discovery: from a cluster's Services and EndpointSlices to overlays. It delivers on a thread of its own,
 * first when everything is listed, then once per burst of changes, and only what differs from before. Safe for many
 * threads.
 */
public final class Discovery implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Discovery.class);

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreadFactory("laneway-k8s-discovery"));
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final ClusterWatch watch;
    private final BackendPolicies policies;
    private final @Nullable PolicyWatch policyWatch;
    private final Runnable policiesChanged = this::signal;
    private final ServiceReader reader;
    private final Discovered discovered;
    private final ProxiedServices proxied;
    private final Coalescer coalescer;
    private final Consumer<Overlay> listener;
    private volatile boolean listed;
    private volatile List<Finding> findings = List.of();
    private volatile HostOwners owners = HostOwners.NONE;
    private @Nullable Overlay delivered;

    /**
     * @param namespaces the namespaces to watch, all if empty
     * @param selector   a label selector for the Services, null for all
     * @param window     how long what follows a change is gathered
     * @param proxied    learns of Services that are proxied
     * @param policies   learns, where routes of the Gateway API lead to Services, how these are reached
     */
    public Discovery(
            KubernetesClient client,
            Set<String> namespaces,
            @Nullable String selector,
            DiscoveryRules rules,
            Duration window,
            ProxiedServices proxied,
            BackendPolicies policies,
            Consumer<Overlay> listener) {
        this.policies = policies;
        this.policyWatch = rules.byName() ? new PolicyWatch(client, policies) : null;
        this.proxied = proxied;
        this.reader = new ServiceReader(rules);
        this.discovered = new Discovered(rules);
        this.listener = listener;
        this.coalescer = new Coalescer(thread, window, this::deliver);
        this.watch = new ClusterWatch(client, namespaces, selector, this::changed);
        proxied.rereadBy(this::changed);
    }

    /**
     * Starts to list and watch; what cannot be reached is tried again. Nothing is delivered before the policies are known, since a
     * Service that has one must not be called in plain text.
     */
    @SuppressWarnings("FutureReturnValueIgnored")
    public void start() {
        policies.listen(policiesChanged);
        CompletableFuture<Void> judged =
                policyWatch == null ? CompletableFuture.completedFuture(null) : policyWatch.start();
        CompletableFuture.allOf(watch.start(), judged).thenRun(() -> {
            listed = true;
            coalescer.signal();
        });
    }

    /** What is wrong in the cluster, as of the last overlay. */
    public List<Finding> findings() {
        return findings;
    }

    /** Who has which host, as of the last overlay. */
    public HostOwners owners() {
        return owners;
    }

    /** The Services whose status says that a host was refused to them. */
    public Set<String> refusedHosts() {
        return watch.keys(Meta::refusedHosts);
    }

    /** Whether everything was listed and every watch is connected now. */
    public boolean connected() {
        return listed && watch.connected();
    }

    private void changed(String key) {
        changed.add(key);
        signal();
    }

    private void signal() {
        if (listed) {
            coalescer.signal();
        }
    }

    private void deliver() {
        Set<String> keys = new HashSet<>(changed);
        changed.removeAll(keys);
        if (delivered == null) {
            keys.addAll(watch.keys());
        }
        keys.forEach(this::read);
        discovered.reached(policies.now().tls());
        Overlay overlay = discovered.overlay();
        findings = discovered.findings();
        owners = discovered.owners();
        if (!overlay.equals(delivered)) {
            listener.accept(overlay);
            delivered = overlay;
        }
    }

    private void read(String key) {
        Service service = watch.service(key);
        try {
            Found found = service == null ? null : reader.read(service, watch.slices(key));
            if (found != null) {
                found = found.without(proxied.gateways(key));
            }
            discovered.put(key, found);
            String other = proxied.read(key, service, found);
            if (other != null) {
                changed(other);
            }
        } catch (RuntimeException e) {
            // One object that no rule foresaw must not hold up all others; what was known of it stays.
            log.atWarn().addKeyValue("service", key).setCause(e).log("a Service could not be read");
        }
    }

    @Override
    public void close() {
        policies.forget(policiesChanged);
        if (policyWatch != null) {
            policyWatch.close();
        }
        watch.close();
        proxied.clear();
        thread.shutdownNow();
    }
}
