package io.laneway.k8s.client;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A candidate as long as it is open: leads, loses, and is a candidate again. Callbacks come on the executor's threads,
 * one at a time. Safe for many threads.
 */
public final class Leadership implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Leadership.class);

    private final KubernetesClient client;
    private final LeaderSettings settings;
    private final ScheduledExecutorService executor;
    private final LeaderCallbacks callbacks;
    private boolean closed;
    private boolean leading;
    private @Nullable CompletableFuture<?> term;

    /**
     * @param executor a single thread that may block on calls to the API server
     * @param lead     called when this replica begins to lead
     * @param stop     called when it leads no more
     */
    public Leadership(
            KubernetesClient client,
            LeaderSettings settings,
            ScheduledExecutorService executor,
            Runnable lead,
            Runnable stop) {
        this.client = client;
        this.settings = settings;
        this.executor = executor;
        this.callbacks = new LeaderCallbacks(
                () -> begin(lead),
                () -> end(stop),
                leader -> log.atInfo()
                        .addKeyValue("lease", settings.name())
                        .addKeyValue("leader", leader)
                        .log("leader"));
    }

    /** Becomes a candidate. */
    @SuppressWarnings("FutureReturnValueIgnored")
    public synchronized void start() {
        if (closed) {
            return;
        }
        LeaderElectionConfig config = new LeaderElectionConfig(
                new LeaseLock(settings.namespace(), settings.name(), settings.identity()),
                settings.lease(),
                settings.renew(),
                settings.retry(),
                callbacks,
                true,
                settings.name());
        term = new LeaderElector(client, config, executor).start();
        term.whenComplete((done, problem) -> again());
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private synchronized void again() {
        if (!closed) {
            executor.schedule(this::start, settings.retry().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    // The elector may report one change twice, as observed and as its own: the second is nothing new.
    private synchronized void begin(Runnable lead) {
        if (!leading && !closed) {
            leading = true;
            lead.run();
        }
    }

    private synchronized void end(Runnable stop) {
        if (leading) {
            leading = false;
            stop.run();
        }
    }

    /** Whether this replica leads now. */
    public synchronized boolean leading() {
        return leading;
    }

    /** Steps down, giving the Lease back so that another need not wait for its end. */
    @Override
    public void close() {
        CompletableFuture<?> running;
        synchronized (this) {
            closed = true;
            running = term;
        }
        if (running != null) {
            running.cancel(true);
        }
    }
}
