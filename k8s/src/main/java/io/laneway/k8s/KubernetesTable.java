package io.laneway.k8s;

import io.laneway.router.model.LaneTable;
import io.laneway.router.source.DeploymentSource.Overlay;
import io.laneway.router.source.TableListener;
import io.laneway.router.source.TableSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The lane table of a gateway alone ({@code table: {kubernetes: {...}}}): what it finds itself, over a table of its own.
 * Safe for many threads; the listener is called on one thread at a time.
 */
public final class KubernetesTable implements TableSource {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final KubernetesDeployments deployments;
    private final LaneTable own;
    private final AtomicLong revision;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "laneway-k8s-table");
        made.setDaemon(true);
        return made;
    });
    private @Nullable Boolean connected;

    /** @param own lanes, services, routes and shifts that are not found but written down */
    public KubernetesTable(KubernetesDeployments deployments, LaneTable own) {
        this.deployments = deployments;
        this.own = own;
        this.revision = new AtomicLong(own.revision());
    }

    @Override
    public String name() {
        return deployments.name();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public void start(TableListener listener) {
        deployments.start(overlay -> thread.execute(() -> deliver(overlay, listener)));
        thread.scheduleWithFixedDelay(() -> look(listener), 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void deliver(Overlay overlay, TableListener listener) {
        listener.snapshot("", OverlaidTable.of(own, overlay, revision.incrementAndGet()));
    }

    private void look(TableListener listener) {
        boolean now = deployments.connected();
        if (connected == null || connected != now) {
            connected = now;
            listener.connected(now, name());
        }
    }

    @Override
    public CompletionStage<Void> accept() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        deployments.close();
        thread.shutdownNow();
    }
}
