package io.laneway.k8s;

import io.laneway.router.background.DaemonThreadFactory;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.DeploymentSource.Overlay;
import io.laneway.router.source.TableListener;
import io.laneway.router.source.TableSource;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.table.delta.TableDelta;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The lane table of a gateway alone ({@code table: {kubernetes: {...}}}): what it finds itself, over a table of its own,
 * first whole and then what changed, so that a change costs the gateway what it changes. Safe for many threads; the listener is called on one thread at a time.
 */
public final class KubernetesTable implements TableSource {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final KubernetesDeployments deployments;
    private final LaneTable own;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreadFactory("laneway-k8s-table"));
    private volatile @Nullable TableListener listener;
    private @Nullable Boolean connected;
    private @Nullable Overlay latest;
    private @Nullable LaneTable delivered;
    private long revision;

    /** @param own lanes, services, routes and shifts that are not found but written down */
    public KubernetesTable(KubernetesDeployments deployments, LaneTable own) {
        this.deployments = deployments;
        this.own = own;
        this.revision = own.revision();
    }

    @Override
    public String name() {
        return deployments.name();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public void start(TableListener listener) {
        this.listener = listener;
        deployments.start(overlay -> thread.execute(() -> deliver(overlay, listener)));
        thread.scheduleWithFixedDelay(() -> look(listener), 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void deliver(Overlay overlay, TableListener listener) {
        LaneTable old = delivered;
        LaneTable now = OverlaidTable.of(own, overlay, old == null ? ++revision : old.revision());
        latest = overlay;
        if (old == null) {
            listener.snapshot("", now);
            delivered = now;
            return;
        }
        List<TableChange> changes = TableDelta.changes(old, now);
        if (!changes.isEmpty()) {
            TableDelta delta = new TableDelta(old.revision(), ++revision, changes);
            listener.delta("", delta);
            delivered = now.atRevision(revision);
        }
    }

    @Override
    public void resync() {
        thread.execute(() -> {
            delivered = null;
            Overlay overlay = latest;
            TableListener to = listener;
            if (overlay != null && to != null) {
                deliver(overlay, to);
            }
        });
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
