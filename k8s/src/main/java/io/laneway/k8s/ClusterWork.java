package io.laneway.k8s;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.laneway.k8s.cleanup.CleanupStep;
import io.laneway.k8s.cleanup.LaneCleanup;
import io.laneway.k8s.client.Refusals;
import io.laneway.k8s.lint.EditedHosts;
import io.laneway.k8s.lint.FindingEvents;
import io.laneway.k8s.lint.HostConditions;
import io.laneway.k8s.proxied.GatewayView;
import io.laneway.k8s.proxied.ProxyController;
import io.laneway.k8s.resource.CustomResources;
import io.laneway.k8s.route.EdgeRoutes;
import io.laneway.router.background.DaemonThreadFactory;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneState;
import io.laneway.router.source.TableEditor;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the duties of a cluster's leader from the moment there is a table to edit until it is closed: custom resources,
 * proxied Services, edge routes,
 * events, clean-up. Works on a thread of its own; safe for many threads.
 */
public final class ClusterWork implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ClusterWork.class);
    private static final Duration EVENTS_EVERY = Duration.ofSeconds(5);

    private static final Duration STATUS_EVERY = Duration.ofSeconds(1);

    private final KubernetesClient client;
    private final KubernetesConfig config;
    private final ClusterDuties duties;
    private final ClusterFacts facts;
    private final GatewayView gateways;
    private final Clock clock;
    private final Refusals refusals = new Refusals();
    private final List<AutoCloseable> running = new ArrayList<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreadFactory("laneway-k8s-work"));
    private boolean closed;

    /**
     * @param editor   the door to the table, as soon as there is one
     * @param facts    what discovery knows of the cluster now
     * @param gateways how far the gateways are; asked once there is an editor
     */
    public ClusterWork(
            KubernetesClient client,
            KubernetesConfig config,
            ClusterDuties duties,
            CompletableFuture<TableEditor> editor,
            ClusterFacts facts,
            GatewayView gateways,
            Clock clock) {
        this.client = client;
        this.config = config;
        this.duties = duties;
        this.facts = facts;
        this.gateways = gateways;
        this.clock = clock;
        editor.thenAccept(this::begin);
    }

    private synchronized void begin(TableEditor editor) {
        if (closed) {
            return;
        }
        CustomResources resources = new CustomResources(client, config.namespaces(), editor, facts.noted(), clock);
        resources.start();
        running.add(resources);
        ProxyController proxies = new ProxyController(client, config.rules(), facts.proxied(), editor, gateways);
        proxies.start();
        running.add(proxies);
        if (duties.gateway() != null) {
            EdgeRoutes routes = new EdgeRoutes(
                            client, editor, duties.gateway(), config.rules(), facts::owners, facts.noted(), clock)
                    .withPolicies(facts.policies());
            routes.start();
            running.add(routes);
        }
        HostConditions hosts = new HostConditions(client, clock);
        every(STATUS_EVERY, "host status", () -> {
            facts.noted().set("edited hosts", EditedHosts.findings(editor.current(), facts.owners()));
            hosts.report(facts.findings(), facts.refusedHosts());
        });
        if (duties.events()) {
            FindingEvents events = new FindingEvents(client, duties.instance(), clock);
            every(EVENTS_EVERY, "events", () -> events.report(facts.findings()));
        }
        ClusterDuties.Cleanup cleanup = duties.cleanup();
        if (cleanup != null) {
            LaneCleanup broom =
                    new LaneCleanup(client, config.rules(), cleanup.owner(), cleanup.mode(), cleanup.dryRun());
            every(cleanup.every(), "cleanup", () -> clean(broom, editor));
        }
    }

    private void clean(LaneCleanup broom, TableEditor editor) {
        List<String> expired = editor.published().lanes().stream()
                .filter(lane -> lane.state() == LaneState.EXPIRED)
                .map(Lane::name)
                .toList();
        for (CleanupStep step : broom.clean(expired, config.namespaces())) {
            if (!step.done()) {
                log.atInfo().addKeyValue("step", step).log("expired lane would be cleaned up");
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void every(Duration pause, String duty, Runnable task) {
        thread.scheduleWithFixedDelay(
                () -> safely(duty, task), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void safely(String duty, Runnable task) {
        try {
            task.run();
        } catch (KubernetesClientException e) {
            refusals.failed(duty, duty, e);
        } catch (RuntimeException e) {
            // Whatever it is: a task that throws would never be run again.
            log.atWarn().addKeyValue("duty", duty).setCause(e).log("not done, will try again");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        thread.shutdownNow();
        for (AutoCloseable one : running) {
            try {
                one.close();
            } catch (Exception e) {
                log.atWarn().setCause(e).log("a duty did not end well");
            }
        }
        running.clear();
    }
}
