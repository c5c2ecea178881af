package io.laneway.gateway.testkit;

import io.laneway.gateway.runtime.config.Address;
import io.laneway.gateway.runtime.config.BalancingConfig;
import io.laneway.gateway.runtime.config.DrainConfig;
import io.laneway.gateway.runtime.config.ErrorPagesConfig;
import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.config.HeadersConfig;
import io.laneway.gateway.runtime.config.LimitsConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.OverloadConfig;
import io.laneway.gateway.runtime.config.RatesConfig;
import io.laneway.gateway.runtime.config.TableConfig;
import io.laneway.gateway.runtime.config.TimeoutsConfig;
import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.runtime.config.Trust;
import io.laneway.gateway.runtime.names.Lookup;
import io.laneway.gateway.runtime.names.SystemNames;
import io.laneway.gateway.runtime.record.DeploymentStats;
import io.laneway.gateway.runtime.record.ExchangeObserver;
import io.laneway.gateway.runtime.record.ExchangeRecord;
import io.laneway.gateway.runtime.record.ListenerStats;
import io.laneway.gateway.runtime.record.LoopCounter;
import io.laneway.gateway.runtime.record.TenantSample;
import io.laneway.gateway.server.hotrestart.InheritedSockets;
import io.laneway.gateway.server.listener.DataPlane;
import io.laneway.gateway.server.listener.DataPlaneEnvironment;
import io.laneway.gateway.traffic.context.ExchangeRecorder;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.model.LaneTable;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.TableCompiler;
import io.laneway.router.table.TableUpdate;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * A data plane for tests, on free ports: an external listener {@code edge} and an internal one {@code inside}, over a
 * table that can be swapped. Remembers what it observed.
 */
public final class TestGateway implements AutoCloseable {

    static {
        Leaks.watch();
    }

    private final DataPlane plane;
    private final TableCompiler<Cluster, ServiceRules> compiler;
    private final Queue<Observed> observed = new ConcurrentLinkedQueue<>();
    private final Queue<Recorder> recorders = new ConcurrentLinkedQueue<>();
    private final LongAdder finished = new LongAdder();
    private final AtomicBoolean observerFails = new AtomicBoolean();
    private final AtomicLong passed = new AtomicLong();
    private volatile CompiledTable<Cluster, ServiceRules> table;

    /** A finished exchange, as it was told. */
    public record Observed(
            int status,
            String flag,
            String service,
            String lane,
            String requested,
            String reason,
            String upstream,
            int retries,
            long received,
            long sent,
            String path,
            String requestId,
            int grpcStatus,
            String source,
            String forwardedFor,
            String authority) {}

    /** What a test may have in its own hand. */
    public record Hands(LongSupplier nanos, DoubleSupplier memory, Lookup names) {
        /** The clock runs as it does, and memory suffices. */
        public static final Hands NONE = new Hands(System::nanoTime, () -> 0);

        public Hands(LongSupplier nanos, DoubleSupplier memory) {
            this(nanos, memory, null);
        }
    }

    private TestGateway(GatewayConfig config, LaneTable model, Hands hands, InheritedSockets inheritance) {
        plane = new DataPlane(
                config,
                new DataPlaneEnvironment(
                        () -> table,
                        loop -> recorder(),
                        Clock.systemUTC(),
                        () -> hands.nanos().getAsLong() + passed.get(),
                        new SplittableRandom(7),
                        hands.memory(),
                        hands.names() == null ? new SystemNames() : hands.names(),
                        null,
                        loop -> ExchangeRecorder.NONE,
                        null));
        compiler = new TableCompiler<>(plane.clusters(), null);
        table(model);
        plane.start(inheritance);
    }

    /** A gateway over a table with default settings and one event loop. */
    public static TestGateway over(LaneTable model) {
        return over(model, config -> config);
    }

    /** A gateway over a table with settings of its own; see the {@code with…} methods here. */
    public static TestGateway over(LaneTable model, UnaryOperator<GatewayConfig> settings) {
        return over(model, settings, Hands.NONE);
    }

    /** As {@link #over(LaneTable, UnaryOperator)}, with more in the test's own hand. */
    public static TestGateway over(LaneTable model, UnaryOperator<GatewayConfig> settings, Hands hands) {
        return over(model, settings, hands, InheritedSockets.none());
    }

    /** As {@link #over(LaneTable, UnaryOperator)}, with listening sockets of another one. */
    public static TestGateway heir(
            LaneTable model, UnaryOperator<GatewayConfig> settings, InheritedSockets inheritance) {
        return over(model, settings, Hands.NONE, inheritance);
    }

    private static TestGateway over(
            LaneTable model, UnaryOperator<GatewayConfig> settings, Hands hands, InheritedSockets inheritance) {
        ListenerConfig edge = ListenerConfig.of("edge", new Address("127.0.0.1", 0), Trust.EXTERNAL);
        ListenerConfig inside = ListenerConfig.of("inside", new Address("127.0.0.1", 0), Trust.INTERNAL);
        GatewayConfig config =
                GatewayConfig.of("test", List.of(edge, inside), new TableConfig.File(Path.of("lanes.yaml")));
        return new TestGateway(settings.apply(unguarded(with(config, 1, Transport.AUTO))), model, hands, inheritance);
    }

    /** The same configuration with other loops and transport. */
    public static GatewayConfig with(GatewayConfig c, int threads, Transport transport) {
        return Settings.changed(c, settings -> {
            settings.threads = threads;
            settings.transport = transport;
        });
    }

    public static GatewayConfig with(GatewayConfig c, DrainConfig drain) {
        return Settings.changed(c, settings -> settings.drain = drain);
    }

    public static GatewayConfig with(GatewayConfig c, TimeoutsConfig timeouts) {
        return Settings.changed(c, settings -> settings.timeouts = timeouts);
    }

    public static GatewayConfig with(GatewayConfig c, LimitsConfig limits) {
        return Settings.changed(c, settings -> settings.limits = limits);
    }

    public static GatewayConfig with(GatewayConfig c, HeadersConfig headers) {
        return Settings.changed(c, settings -> settings.headers = headers);
    }

    public static GatewayConfig with(GatewayConfig c, List<ListenerConfig> listeners) {
        return Settings.changed(c, settings -> settings.listeners = listeners);
    }

    public static GatewayConfig with(GatewayConfig c, OverloadConfig overload) {
        return Settings.changed(c, settings -> settings.overload = overload);
    }

    public static GatewayConfig with(GatewayConfig c, BalancingConfig balancing) {
        return Settings.changed(c, settings -> settings.balancing = balancing);
    }

    public static GatewayConfig with(GatewayConfig c, ErrorPagesConfig pages) {
        return Settings.changed(c, settings -> settings.errorPages = pages);
    }

    public static GatewayConfig with(GatewayConfig c, RatesConfig rates) {
        return Settings.changed(c, settings -> settings.rates = rates);
    }

    /** The table in force. */
    public CompiledTable<Cluster, ServiceRules> table() {
        return table;
    }

    /** One counter of a deployment, added up over the loops. */
    public long count(String service, String lane, Function<DeploymentStats, LoopCounter> counter) {
        return recorders.stream()
                .flatMap(recorder -> recorder.stats.stream())
                .filter(stats -> stats.service().equals(service) && stats.lane().equals(lane))
                .mapToLong(stats -> counter.apply(stats).get())
                .sum();
    }

    /** How often an offence was counted, added up over loops and listeners. */
    public long count(ListenerStats.Offence offence) {
        return recorders.stream()
                .flatMap(recorder -> recorder.listeners.stream())
                .mapToLong(stats -> stats.count(offence).get())
                .sum();
    }

    /** One counter of all deployments, added up over the loops. */
    public long sum(ToLongFunction<DeploymentStats> counter) {
        return recorders.stream()
                .flatMap(recorder -> recorder.stats.stream())
                .mapToLong(counter)
                .sum();
    }

    /** The same configuration without an overload guard, which takes a busy machine, and time that passes at once, for load. */
    public static GatewayConfig unguarded(GatewayConfig config) {
        return with(config, new OverloadConfig(0, 1, Duration.ZERO));
    }

    /** Lets time pass for deadlines: what the loops handle after this call sees the new time. */
    public void pass(Duration time) {
        passed.addAndGet(time.toNanos());
        // a loop reads the clock once a turn: end the one under way, which has read it before
        plane.loops()
                .forEach(loop ->
                        loop.eventLoop().submit(() -> loop.flushes().flush()).syncUninterruptibly());
    }

    private Recorder recorder() {
        Recorder recorder = new Recorder();
        recorders.add(recorder);
        return recorder;
    }

    /** Has what observes the next exchange that finishes fail, in place of a fault of the gateway. */
    public void failAnObserver() {
        observerFails.set(true);
    }

    /** Puts another table in force. */
    public void table(LaneTable model) {
        TableUpdate<Cluster, ServiceRules> update = compiler.compile(model, table);
        table = update.table();
        update.retire();
    }

    /** The port of the external listener. */
    public int port() {
        return port("edge");
    }

    /** The port of the internal listener. */
    public int inside() {
        return port("inside");
    }

    public int port(String listener) {
        return plane.listeners().stream()
                .filter(each -> each.name().equals(listener))
                .findFirst()
                .orElseThrow()
                .address()
                .getPort();
    }

    public DataPlane plane() {
        return plane;
    }

    /** What was observed so far, in order. */
    public List<Observed> observed() {
        return List.copyOf(observed);
    }

    /** How many exchanges finished so far, also those forgotten. */
    public long finished() {
        return finished.sum();
    }

    /** Fails if a buffer was lost so far that nothing refers to any more. */
    public static void noneLost() {
        Leaks.find();
        Leaks.check();
    }

    /** Forgets what was observed, where memory is measured. */
    public void forget() {
        observed.clear();
    }

    /** A client of the external listener. */
    public RawClient client() {
        return RawClient.to(port());
    }

    @Override
    public void close() {
        plane.close();
        Leaks.check();
    }

    private final class Recorder implements ExchangeObserver {
        private final Queue<DeploymentStats> stats = new ConcurrentLinkedQueue<>();
        private final Queue<ListenerStats> listeners = new ConcurrentLinkedQueue<>();

        @Override
        public void finished(ExchangeRecord exchange) {
            if (observerFails.getAndSet(false)) {
                throw new IllegalStateException("an observer that fails, as a test wants it");
            }
            finished.increment();
            io.laneway.router.text.Slice slice = new io.laneway.router.text.Slice();
            exchange.path(slice);
            String path = slice.toString();
            exchange.requestId(slice);
            String requestId = slice.toString();
            exchange.source(slice);
            String source = slice.toString();
            exchange.forwardedFor(slice);
            String forwardedFor = slice.toString();
            exchange.authority(slice);
            String requested = exchange.requestedLane();
            observed.add(new Observed(
                    exchange.status(),
                    exchange.flag().word(),
                    exchange.service(),
                    exchange.lane(),
                    requested == null ? "?" : requested,
                    exchange.reason() == null ? "" : exchange.reason().word(),
                    exchange.upstream(),
                    exchange.retries(),
                    exchange.bytesReceived(),
                    exchange.bytesSent(),
                    path,
                    requestId,
                    exchange.grpcStatus(),
                    source,
                    forwardedFor,
                    slice.toString()));
        }

        @Override
        public DeploymentStats deployment(String service, String lane) {
            DeploymentStats each = new DeploymentStats(service, lane);
            stats.add(each);
            return each;
        }

        @Override
        public ListenerStats listener(String name) {
            ListenerStats each = new ListenerStats(name);
            listeners.add(each);
            return each;
        }

        @Override
        public TenantSample tenants() {
            return NONE.tenants();
        }
    }
}
