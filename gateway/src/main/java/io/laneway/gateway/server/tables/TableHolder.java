package io.laneway.gateway.server.tables;

import io.laneway.gateway.server.tables.TableMetrics.Outcome;
import io.laneway.gateway.server.tables.TableStatus.Origin;
import io.laneway.gateway.telemetry.metrics.KnownNames;
import io.laneway.gateway.telemetry.metrics.MetricSource;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.source.TableListener;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.TableCompiler;
import io.laneway.router.table.TableUpdate;
import io.laneway.router.table.delta.Applied;
import io.laneway.router.table.delta.EditPositions;
import io.laneway.router.table.delta.TableDelta;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the running lane table: compiles what comes, whole, and then swaps the one reference that requests read. What
 * is wrong, and what comes from a store that is not the one followed, leaves the running table as it is. Safe for many
 * threads; changes happen on the table thread.
 */
public final class TableHolder
        implements TableListener, Supplier<@Nullable CompiledTable<Cluster, ServiceRules>>, KnownNames {

    private static final Logger log = LoggerFactory.getLogger(TableHolder.class);
    private static final double NANOS = 1e9;

    private final TableCompiler<Cluster, ServiceRules> compiler;
    private final Executor tableThread;
    private final Clock clock;
    private final TableMetrics metrics = new TableMetrics(this::status);
    private final FleetShares shares = new FleetShares(this);
    private final List<Consumer<LaneTable>> preparations = new CopyOnWriteArrayList<>();
    private final List<Consumer<FollowedTable>> followers = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private final EditPositions positions = new EditPositions();
    private CompiledTable<Cluster, ServiceRules> running;
    private volatile @Nullable CompiledTable<Cluster, ServiceRules> published;
    private volatile TableStatus status = TableStatus.FIRST;
    private volatile Runnable resync = () -> {};

    /**
     * A holder without a table.
     *
     * @param tableThread runs one task at a time, in order
     */
    public TableHolder(TableCompiler<Cluster, ServiceRules> compiler, Executor tableThread, Clock clock) {
        this.compiler = compiler;
        this.tableThread = tableThread;
        this.clock = clock;
        this.running = compiler.compile(LaneTable.EMPTY, null).table();
    }

    /** The running table; null before the first came. */
    @Override
    public @Nullable CompiledTable<Cluster, ServiceRules> get() {
        return published;
    }

    public TableStatus status() {
        return status;
    }

    /** This gateway's shares of rates. */
    public MetricSource rates() {
        return shares;
    }

    FleetShares shares() {
        return shares;
    }

    /** What became of the tables that came. */
    public MetricSource metrics() {
        return metrics;
    }

    /** Done once there is a table. */
    public CompletionStage<Void> first() {
        return first.minimalCompletionStage();
    }

    /** Calls a consumer on the table thread with every table, just before requests are decided by it. */
    public void beforeUse(Consumer<LaneTable> preparation) {
        preparations.add(preparation);
    }

    /** Calls a consumer on the table thread with every table of the source that was put in place. */
    public void onApplied(Consumer<FollowedTable> follower) {
        followers.add(follower);
    }

    /** What to do when a change does not fit the table it should change: the source is to bring the table whole. */
    public void onGap(Runnable resync) {
        this.resync = resync;
    }

    /** Puts the table from disk in place, unless the source was faster. */
    public void start(FollowedTable lastKnownGood) {
        tableThread.execute(() -> {
            if (status.origin() == Origin.NONE) {
                install(lastKnownGood, Origin.LAST_KNOWN_GOOD, System.nanoTime());
            }
        });
    }

    @Override
    public void snapshot(String store, LaneTable table) {
        offered(new FollowedTable(store, table));
    }

    @Override
    public void part(String store, LaneTable table) {
        offered(new FollowedTable(store, table, true));
    }

    private void offered(FollowedTable offered) {
        tableThread.execute(() -> {
            if (status.followed().conflictsWith(offered.store(), offered.revision())) {
                offer(offered);
            } else {
                install(offered, Origin.SOURCE, System.nanoTime());
            }
        });
    }

    @Override
    public void replaces(String store, List<String> replaced) {
        tableThread.execute(() -> {
            FollowedTable followed = status.followed();
            if (!followed.store().equals(store) && replaced.contains(followed.store())) {
                // At revision 0, so that whatever the new store has is later.
                status = status.running(
                        status.origin(),
                        new FollowedTable(store, followed.table().atRevision(0), followed.part()),
                        clock.instant(),
                        status.warnings());
                log.atInfo().addKeyValue("store", store).log("following the store that replaces ours");
            }
        });
    }

    @Override
    public void delta(String store, TableDelta delta) {
        tableThread.execute(() -> take(store, delta));
    }

    @Override
    public void refused(List<Problem> problems) {
        tableThread.execute(() -> refuse(problems));
    }

    @Override
    public void connected(boolean connected, String detail) {
        tableThread.execute(() -> {
            if (status.connected() != connected) {
                log.atInfo()
                        .addKeyValue("connected", connected)
                        .addKeyValue("detail", detail)
                        .log("source of the lane table");
            }
            status = status.connection(connected, detail);
        });
    }

    /** Follows the changed source; false if there is nothing to accept. */
    public CompletionStage<Boolean> accept() {
        return CompletableFuture.supplyAsync(
                () -> {
                    FollowedTable waiting = status.waiting();
                    if (waiting == null) {
                        return false;
                    }
                    install(waiting, Origin.SOURCE, System.nanoTime());
                    return true;
                },
                tableThread);
    }

    /** Compiles the running table again if a lane expired since; for tables whose lanes expire by the clock. */
    public void expire() {
        tableThread.execute(() -> {
            Instant next = running.nextExpiry();
            if (next != null && !clock.instant().isBefore(next)) {
                swap(compile(running.model()));
            }
        });
    }

    @Override
    public boolean service(String service) {
        CompiledTable<Cluster, ServiceRules> table = published;
        return table != null && table.service(ServiceId.parse(service)) != null;
    }

    @Override
    public boolean lane(String lane) {
        CompiledTable<Cluster, ServiceRules> table = published;
        return table != null && table.lane(lane) != null;
    }

    private void take(String store, TableDelta delta) {
        FollowedTable waiting = status.waiting();
        if (waiting != null && waiting.store().equals(store)) {
            change(delta, waiting, table -> status = status.offered(table));
        } else if (!status.followed().store().equals(store)) {
            misfit("store: " + store + " (expected: " + status.followed().store() + ")");
        } else {
            long start = System.nanoTime();
            change(delta, status.followed(), table -> install(table, Origin.SOURCE, start));
        }
    }

    private void change(TableDelta delta, FollowedTable from, Consumer<FollowedTable> use) {
        Applied applied = delta.applyTo(from.table(), positions);
        if (applied instanceof Applied.Changed changed) {
            use.accept(new FollowedTable(from.store(), changed.table(), from.part()));
        } else if (applied instanceof Applied.Misfit misfit) {
            misfit(misfit.why());
        }
    }

    private void misfit(String why) {
        refuse(List.of(Problem.at("", "a change that does not fit: " + why, "the next revision")));
        resync.run();
    }

    private TableUpdate<Cluster, ServiceRules> compile(LaneTable table) {
        return compiler.compile(table, running);
    }

    private void install(FollowedTable followed, Origin origin, long start) {
        try {
            swap(compile(followed.complete()));
        } catch (IllegalArgumentException e) {
            refuse(List.of(Problem.at("", String.valueOf(e.getMessage()), "")));
            return;
        }
        applied(followed, origin, start);
    }

    private void swap(TableUpdate<Cluster, ServiceRules> update) {
        running = update.table();
        preparations.forEach(each -> each.accept(running.model()));
        published = running;
        update.retire();
    }

    private void applied(FollowedTable followed, Origin origin, long start) {
        int lost = TableWarnings.lost(followed.table(), status);
        if (lost > 0) {
            log.atWarn()
                    .addKeyValue("services", lost)
                    .addKeyValue("revision", followed.revision())
                    .log("the new lane table has no service, the one before had");
        }
        status = status.running(origin, followed, clock.instant(), TableWarnings.of(followed.table(), status));
        metrics.applied((System.nanoTime() - start) / NANOS);
        log.atDebug()
                .addKeyValue("revision", followed.revision())
                .addKeyValue("origin", origin)
                .log("lane table put in place");
        first.complete(null);
        if (origin == Origin.SOURCE) {
            followers.forEach(follower -> follower.accept(followed));
        }
    }

    private void offer(FollowedTable offered) {
        metrics.count(Outcome.SOURCE_CHANGED);
        status = status.offered(offered);
        log.atWarn()
                .addKeyValue("store", offered.store())
                .addKeyValue("revision", offered.revision())
                .addKeyValue("followedStore", status.followed().store())
                .addKeyValue("followedRevision", status.followed().revision())
                .log("source_changed: the running table stays until the source is accepted");
    }

    private void refuse(List<Problem> problems) {
        metrics.count(Outcome.REFUSED);
        status = status.refused(problems);
        log.atWarn()
                .addKeyValue("problems", problems.size())
                .addKeyValue("first", problems.isEmpty() ? "" : problems.get(0))
                .log("lane table refused, the running one stays");
    }
}
