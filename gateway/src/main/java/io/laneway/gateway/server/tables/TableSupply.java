package io.laneway.gateway.server.tables;

import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.TableConfig;
import io.laneway.gateway.runtime.config.Trust;
import io.laneway.gateway.runtime.lifecycle.Opened;
import io.laneway.gateway.server.question.Answerer;
import io.laneway.gateway.server.question.Questions;
import io.laneway.gateway.telemetry.metrics.LaneCounts;
import io.laneway.gateway.traffic.interest.Interests;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.background.DaemonThreadFactory;
import io.laneway.router.decision.ListenerTraits;
import io.laneway.router.source.TableSource;
import io.laneway.router.table.LiveParts;
import io.laneway.router.table.TableCompiler;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that supplies a gateway with its table, wired together: the source, the holder, the table on disk, the
 * reports. Safe for many threads.
 */
public final class TableSupply implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TableSupply.class);
    private static final long EXPIRY_EVERY_MILLIS = 1_000;

    private final ScheduledExecutorService tableThread;
    private final TableHolder holder;
    private final TableSource source;
    private final @Nullable TableKeeper keeper;
    private final Opened opened = new Opened();
    private final @Nullable FollowedNames names;
    private volatile LaneCounts counted = LaneCounts.NOTHING;
    private volatile Map<String, Answerer> answerers = Map.of();

    /**
     * What a supply needs of the gateway.
     *
     * @param vertx  for the watch, apart from the loops that carry requests; asked for where the table is the control API's
     * @param states makes what lives behind the table's deployments
     * @param other  makes sources of kinds that other modules know
     */
    public record Environment(
            Supplier<Vertx> vertx,
            LiveParts<Cluster, ServiceRules> states,
            Function<TableConfig, TableSource> other,
            Clock clock,
            RandomGenerator random,
            String version) {}

    public TableSupply(GatewayConfig config, Environment environment) {
        this.tableThread = tableThread();
        boolean ownClock = config.table() instanceof TableConfig.File;
        this.holder = new TableHolder(
                new TableCompiler<>(environment.states(), ownClock ? environment.clock() : null),
                tableThread,
                environment.clock());
        this.keeper = config.data() == null ? null : new TableKeeper(config.data());
        if (keeper != null) {
            opened.add(keeper);
        }
        opened.add(tableThread::shutdown);
        this.names = names(config);
        try {
            this.source = opened.add(source(config, environment));
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
        holder.onGap(source::resync);
    }

    /** What is followed of the table, null for all of it. */
    public @Nullable Interests interests() {
        return names;
    }

    /** The running table and its status. */
    public TableHolder holder() {
        return holder;
    }

    /** The source's name. */
    public String sourceName() {
        return source.name();
    }

    /**
     * What was counted of the lanes is reported to the control API from now on, if that is where the table comes from.
     */
    public void reports(LaneCounts counts) {
        counted = counts;
    }

    /** Questions of the control API are answered so from now on, by their kind, if the table comes from there. */
    public void answers(Map<String, Answerer> byKind) {
        answerers = Map.copyOf(byKind);
    }

    /** Starts with the table on disk, if there is one, and follows the source. Reads from disk. */
    public void start() {
        if (keeper != null) {
            holder.onApplied(keeper::keep);
            FollowedTable kept = keeper.read();
            if (kept != null) {
                log.atInfo().addKeyValue("revision", kept.revision()).log("starting with the last known good table");
                holder.start(kept);
            }
        }
        tableThread.scheduleWithFixedDelay(
                holder::expire, EXPIRY_EVERY_MILLIS, EXPIRY_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        source.start(holder);
    }

    /** This process serves: the table on disk is its to keep. */
    public void own() {
        if (keeper != null) {
            keeper.own();
        }
    }

    /** Another process serves in this one's place: the table on disk is its to keep once this returns. Blocks. */
    public void disown() {
        if (keeper != null) {
            keeper.disown();
        }
    }

    /** Follows the changed source; false if there is nothing to accept. */
    public CompletionStage<Boolean> accept() {
        return source.accept().thenCompose(done -> holder.accept());
    }

    @Override
    public void close() {
        opened.close();
    }

    /** What listeners name is followed from the start. */
    private static @Nullable FollowedNames names(GatewayConfig config) {
        if (!(config.table() instanceof TableConfig.Control control) || control.services() == null) {
            return null;
        }
        List<String> told = new ArrayList<>(control.services());
        List<String> lanes = new ArrayList<>();
        for (ListenerConfig listener : config.listeners()) {
            ListenerTraits traits = listener.traits();
            if (traits.service() != null) {
                told.add(traits.service().toString());
            }
            if (traits.defaultLane() != null) {
                lanes.add(traits.defaultLane().toString());
            }
        }
        return new FollowedNames(told, lanes);
    }

    /** External listeners where claims of tokens choose no tenant. */
    private static List<String> unverified(GatewayConfig config) {
        return config.listeners().stream()
                .filter(listener -> listener.trust() == Trust.EXTERNAL && listener.jwt() == null)
                .map(ListenerConfig::name)
                .toList();
    }

    /** What a source still has to say after the end is left unsaid. */
    private static ScheduledExecutorService tableThread() {
        return new ScheduledThreadPoolExecutor(
                1, new DaemonThreadFactory("laneway-table"), new ThreadPoolExecutor.DiscardPolicy());
    }

    private TableSource source(GatewayConfig config, Environment environment) {
        if (config.table() instanceof TableConfig.File file) {
            return new FileSource(file.path(), tableThread);
        }
        if (config.table() instanceof TableConfig.Control control) {
            return control(control, config, environment);
        }
        return environment.other().apply(config.table());
    }

    private TableSource control(TableConfig.Control control, GatewayConfig config, Environment environment) {
        ControlClient.Self self = new ControlClient.Self(config.id(), environment.version());
        String address = config.admin().address().toString();
        Vertx vertx = environment.vertx().get();
        ControlClient client = new ControlClient(vertx, control, self);
        Questions questions = opened.add(new Questions(vertx, client, () -> answerers));
        GatewayReports reports = opened.add(new GatewayReports(
                vertx,
                client,
                new GatewayReports.Content(
                        address,
                        holder::status,
                        () -> counted,
                        questions::kinds,
                        unverified(config),
                        holder.shares()::take)));
        ControlSource watch = new ControlSource(
                vertx,
                client,
                tableThread,
                () -> holder.status().followed(),
                questions::asked,
                names,
                environment.random(),
                ControlSource.SILENCE);
        holder.onApplied(followed -> reports.changed());
        return watch;
    }
}
