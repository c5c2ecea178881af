package io.laneway.k8s;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.backend.BackendPolicies;
import io.laneway.k8s.client.LeaderSettings;
import io.laneway.k8s.client.Leadership;
import io.laneway.k8s.discovery.Discovery;
import io.laneway.k8s.discovery.ProxiedServices;
import io.laneway.k8s.finding.NotedFindings;
import io.laneway.k8s.host.HostOwners;
import io.laneway.router.background.DaemonThreadFactory;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.DeploymentSource;
import io.laneway.router.source.LintSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deployments of a cluster as an overlay. Among several replicas only the leader delivers; one that leads no more
 * falls silent, and what it delivered stays until the next leader has listed the cluster. Safe for many threads.
 */
public final class KubernetesDeployments implements DeploymentSource, LintSource, ClusterFacts {

    private static final Logger log = LoggerFactory.getLogger(KubernetesDeployments.class);

    private final KubernetesClient client;
    private final KubernetesConfig config;
    private final ScheduledExecutorService election =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreadFactory("laneway-k8s-election"));
    private final List<Supplier<? extends AutoCloseable>> duties = new ArrayList<>();
    private final List<AutoCloseable> running = new ArrayList<>();
    private final ProxiedServices proxied = new ProxiedServices();
    private final NotedFindings noted = new NotedFindings();
    private final BackendPolicies policies = new BackendPolicies();
    private boolean closed;
    private @Nullable Leadership leadership;
    private @Nullable Discovery discovery;

    /** @param client stays open when this is closed */
    public KubernetesDeployments(KubernetesClient client, KubernetesConfig config) {
        this.client = client;
        this.config = config;
    }

    /** Does something else of the cluster for as long as this replica leads; to be said before the start. */
    public synchronized KubernetesDeployments alongside(Supplier<? extends AutoCloseable> duty) {
        duties.add(duty);
        return this;
    }

    @Override
    public String name() {
        return "kubernetes " + client.getMasterUrl();
    }

    @Override
    public synchronized void start(Consumer<Overlay> listener) {
        LeaderSettings leader = config.leader();
        if (leader == null) {
            discover(listener);
            return;
        }
        leadership = new Leadership(client, leader, election, () -> discover(listener), this::stop);
        leadership.start();
    }

    private synchronized void discover(Consumer<Overlay> listener) {
        if (!closed) {
            discovery = new Discovery(
                    client,
                    config.namespaces(),
                    config.selector(),
                    config.rules(),
                    config.window(),
                    proxied,
                    policies,
                    listener);
            discovery.start();
            duties.forEach(duty -> running.add(duty.get()));
        }
    }

    private synchronized void stop() {
        running.forEach(KubernetesDeployments::end);
        running.clear();
        noted.clear();
        if (discovery != null) {
            discovery.close();
            discovery = null;
        }
    }

    private static void end(AutoCloseable duty) {
        try {
            duty.close();
        } catch (Exception e) {
            log.atWarn().setCause(e).log("a duty of the leader did not end well");
        }
    }

    @Override
    public ProxiedServices proxied() {
        return proxied;
    }

    @Override
    public BackendPolicies policies() {
        return policies;
    }

    @Override
    public NotedFindings noted() {
        return noted;
    }

    /** What is wrong in the cluster, as of the last overlay; nothing where another replica leads. */
    @Override
    public synchronized List<io.laneway.k8s.finding.Finding> findings() {
        if (discovery == null) {
            return List.of();
        }
        List<io.laneway.k8s.finding.Finding> all = new ArrayList<>(discovery.findings());
        all.addAll(proxied.findings());
        all.addAll(noted.all());
        return all;
    }

    /** Who has which host, as of the last overlay; none where another replica leads. */
    @Override
    public synchronized HostOwners owners() {
        return discovery == null ? HostOwners.NONE : discovery.owners();
    }

    @Override
    public synchronized Set<String> refusedHosts() {
        return discovery == null ? Set.of() : discovery.refusedHosts();
    }

    @Override
    public List<Finding> findings(LaneTable table) {
        return findings().stream()
                .filter(one -> one.kind() != io.laneway.k8s.finding.Finding.Kind.IN_USE)
                .map(one -> new Finding(
                        one.kind().word().replace('_', '-'), one.on().word() + " " + one.object(), one.what()))
                .toList();
    }

    /** Whether this replica has listed the cluster and every watch is connected. */
    public synchronized boolean connected() {
        return discovery != null && discovery.connected();
    }

    @Override
    public void close() {
        Leadership standing;
        synchronized (this) {
            closed = true;
            standing = leadership;
        }
        if (standing != null) {
            standing.close();
        }
        stop();
        election.shutdown();
    }
}
