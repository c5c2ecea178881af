package io.laneway.gateway;

import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.StartFailure;
import io.laneway.gateway.runtime.eventloop.TransportProperties;
import io.laneway.gateway.runtime.lifecycle.Opened;
import io.laneway.gateway.server.admin.AdminParts;
import io.laneway.gateway.server.admin.AdminParts.Phase;
import io.laneway.gateway.server.admin.AdminServer;
import io.laneway.gateway.server.listener.DataPlane;
import io.laneway.gateway.server.listener.DataPlaneEnvironment;
import io.laneway.gateway.server.listener.Listener;
import io.laneway.gateway.server.question.Answerer;
import io.laneway.gateway.server.question.RequestsAnswer;
import io.laneway.gateway.server.question.TailAnswer;
import io.laneway.gateway.server.replay.Replays;
import io.laneway.gateway.server.tables.TableHolder;
import io.laneway.gateway.server.tables.TableSupply;
import io.laneway.gateway.telemetry.metrics.EndpointMetrics;
import io.laneway.gateway.telemetry.metrics.LaneContextMetrics;
import io.laneway.gateway.telemetry.metrics.OverloadMetrics;
import io.laneway.gateway.telemetry.metrics.ProcessMetrics;
import io.laneway.gateway.telemetry.metrics.RecentLosses;
import io.laneway.gateway.telemetry.records.DecisionNow;
import io.laneway.gateway.telemetry.records.RequestRecords;
import io.laneway.gateway.telemetry.records.Tail;
import io.laneway.gateway.traffic.filter.Filters;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway. Started, it has its admin interface up, a table if one could be had soon, and its listeners open;
 * drained, it finishes what runs and takes nothing new; closed, it is gone. Safe for many threads; its methods block and
 * are not for event loops, but for {@link #drain()}.
 */
public final class Gateway implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Gateway.class);

    /** A gateway that waits a moment for its table serves the first requests too. */
    private static final Duration FIRST_TABLE = Duration.ofSeconds(3);

    private final GatewayConfig config;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.STARTING);
    private final CompletableFuture<Integer> drained = new CompletableFuture<>();
    private final ControlVertx vertx = new ControlVertx();
    private final TableSupply tables;
    private final Telemetry observation;
    private final DataPlane dataPlane;
    private final AdminServer admin;
    private final HotRestart hotRestart;
    private final @Nullable Replays replays;

    /** @param filters are closed with it, also where it cannot be made */
    private Gateway(GatewayConfig config, GatewayEnvironment environment, Filters filters) {
        this.config = config;
        this.hotRestart = new HotRestart(config.drain().handover());
        TransportProperties.settle();
        Opened opened = new Opened();
        opened.add(filters);
        try {
            opened.add(vertx);
            LateClusters states = new LateClusters();
            this.tables = opened.add(new TableSupply(
                    config,
                    new TableSupply.Environment(
                            vertx,
                            states,
                            environment.sources(),
                            environment.clock(),
                            environment.chance().split(),
                            environment.version())));
            TableHolder holder = tables.holder();
            this.observation = opened.add(new Telemetry(config, holder, environment));
            holder.beforeUse(observation.recordings()::follow);
            this.dataPlane = opened.add(dataPlane(environment, filters));
            states.are(dataPlane.clusters());
            RecentLosses losses = new RecentLosses(dataPlane.laneContexts(), environment.nanos());
            tables.reports(observation.requests().counts().with(losses::list, observation.recordings()::totals));
            RequestRecords requests = requests();
            this.replays = config.data() == null
                    ? null
                    : new Replays(
                            config.id(),
                            config.data(),
                            observation.recordings()::kept,
                            new OwnListeners(dataPlane::listeners));
            tables.answers(answerers(requests));
            this.admin = new AdminServer(adminParts(environment, requests, observation.tail()));
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    private DataPlane dataPlane(GatewayEnvironment environment, Filters filters) {
        return new DataPlane(
                config,
                new DataPlaneEnvironment(
                                tables.holder(),
                                observation::observer,
                                environment.clock(),
                                environment.nanos(),
                                environment.chance().split())
                        .tracedBy(observation.tracing())
                        .recordedBy(observation.recordings()::on)
                        .following(tables.interests()),
                filters);
    }

    private Map<String, Answerer> answerers(RequestRecords requests) {
        Map<String, Answerer> byKind = new HashMap<>();
        byKind.put(RequestsAnswer.KIND, new RequestsAnswer(requests));
        byKind.put(TailAnswer.KIND, new TailAnswer(observation.tailWithTenants()));
        if (replays != null) {
            Replays.kinds().forEach(kind -> byKind.put(kind, replays));
        }
        return byKind;
    }

    /**
     * Starts a gateway. Waits up to three seconds for the first table, then opens the listeners in any case.
     *
     * @throws StartFailure if an address, a certificate or a transport cannot be had; nothing is left open then
     */
    public static Gateway start(GatewayConfig config, GatewayEnvironment environment) {
        Gateway gateway = new Gateway(config, environment, Filters.open(config));
        try {
            gateway.open();
        } catch (RuntimeException e) {
            gateway.close();
            throw e;
        }
        return gateway;
    }

    /** The port of a listener, as bound. */
    public int port(String listener) {
        return dataPlane.listeners().stream()
                .filter(each -> each.name().equals(listener))
                .findFirst()
                .map(each -> each.address().getPort())
                .orElseThrow(() -> new IllegalArgumentException("listener: " + listener + " (expected: one of "
                        + dataPlane.listeners().stream().map(Listener::name).toList() + ")"));
    }

    /** The port of the admin interface, as bound. */
    public int adminPort() {
        return admin.port();
    }

    /** The running table and its status. */
    public TableHolder tables() {
        return tables.holder();
    }

    /**
     * Takes nothing new and finishes what runs, within the grace time; safe to repeat. Completes as {@link #drained}
     * does.
     */
    public CompletionStage<Integer> drain() {
        return leave(dataPlane::drain);
    }

    private void leaveToSuccessor() {
        tables.disown();
        var unused = leave(dataPlane::leaveToSuccessor);
    }

    private CompletionStage<Integer> leave(Supplier<CompletableFuture<Integer>> drain) {
        if (phase.getAndUpdate(Phase::leaving).takesRequests()) {
            log.atInfo()
                    .addKeyValue("graceSeconds", config.timeouts().drain().toSeconds())
                    .log("draining");
            finish(drain.get());
        }
        return drained();
    }

    /** Completes at the end of a drain with the number of connections that it had to close. */
    public CompletionStage<Integer> drained() {
        return drained.minimalCompletionStage();
    }

    @Override
    public void close() {
        phase.getAndUpdate(Phase::leaving);
        hotRestart.close();
        if (replays != null) {
            replays.close();
        }
        dataPlane.close();
        admin.close();
        tables.close();
        observation.close();
        vertx.close();
    }

    private void finish(CompletableFuture<Integer> left) {
        var unused = left.thenAccept(cut -> {
            log.atInfo().addKeyValue("connectionsCut", cut).log("drained");
            phase.set(Phase.DRAINED);
            drained.complete(cut);
        });
    }

    /** Takes over from a running process step by step, so that it can continue to serve if this one fails. */
    private void open() {
        try (HotRestart.Claim claim = hotRestart.claim(dataPlane.transport())) {
            if (!claim.hasPredecessor()) {
                admin.start();
            }
            tables.start();
            waitForTable();
            if (claim.hasPredecessor()) {
                claim.freeAdmin();
                admin.start();
            }
            dataPlane.start(claim.sockets());
            claim.serving();
            tables.own();
        }
        phase.compareAndSet(Phase.STARTING, Phase.RUNNING);
        hotRestart.await(new GatewayRestartSource(dataPlane, admin::start, admin, this::leaveToSuccessor));
        log.atInfo()
                .addKeyValue("listeners", listeners())
                .addKeyValue("admin", admin.port())
                .addKeyValue("transport", dataPlane.transport())
                .addKeyValue("source", tables.sourceName())
                .log("gateway started");
    }

    private void waitForTable() {
        CompletableFuture<Void> first = tables.holder()
                .first()
                .toCompletableFuture()
                .completeOnTimeout(null, FIRST_TABLE.toMillis(), TimeUnit.MILLISECONDS);
        first.join();
        if (tables.holder().get() == null) {
            log.atWarn()
                    .addKeyValue("source", tables.sourceName())
                    .addKeyValue("detail", tables.holder().status().detail())
                    .log("no lane table yet, requests get 503 until there is one");
        }
    }

    private AdminParts adminParts(GatewayEnvironment environment, RequestRecords requests, Tail tail) {
        return new AdminParts(
                config,
                environment.version(),
                tables,
                List.of(
                        observation,
                        new EndpointMetrics(tables.holder(), observation.requests()),
                        tables.holder().metrics(),
                        tables.holder().rates(),
                        new TlsMetrics(dataPlane),
                        new TokenMetrics(dataPlane.parts().tokens()),
                        new LinkMetrics(dataPlane.parts().links()),
                        new PageMetrics(dataPlane),
                        new AuthMetrics(dataPlane.parts().authorizers()),
                        new FilterMetrics(dataPlane.parts().filters()),
                        new RateMetrics(dataPlane.parts().rates()),
                        new OverloadMetrics(dataPlane.overload()),
                        new LaneContextMetrics(dataPlane.laneContexts()),
                        new ProcessMetrics(environment.version())),
                requests,
                tail,
                phase::get,
                this::listeners,
                dataPlane.parts()::tlsProblems,
                new AdminParts.Leaving(this::drain, dataPlane::open),
                environment.logLevels());
    }

    /** Finished requests that this gateway remembers. */
    private RequestRecords requests() {
        return observation.records(new DecisionNow(
                tables.holder(),
                name -> config.listeners().stream()
                        .filter(listener -> listener.name().equals(name))
                        .findFirst()
                        .map(ListenerConfig::traits)
                        .orElse(null)));
    }

    private List<String> listeners() {
        return dataPlane.listeners().stream()
                .map(listener ->
                        listener.name() + " " + listener.config().address().host() + ":"
                                + listener.address().getPort())
                .toList();
    }
}
