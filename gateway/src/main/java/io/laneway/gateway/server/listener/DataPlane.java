package io.laneway.gateway.server.listener;

import io.laneway.gateway.protocol.http1.Http1Settings;
import io.laneway.gateway.protocol.http2.HeadPool;
import io.laneway.gateway.protocol.http2.StreamSettings;
import io.laneway.gateway.protocol.tls.UpstreamTlsContexts;
import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.Trust;
import io.laneway.gateway.runtime.config.UnknownHost;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.eventloop.Sockets;
import io.laneway.gateway.runtime.names.Lookup;
import io.laneway.gateway.runtime.names.Names;
import io.laneway.gateway.runtime.names.SystemNames;
import io.laneway.gateway.runtime.record.ExchangeObserver;
import io.laneway.gateway.server.hotrestart.InheritedSockets;
import io.laneway.gateway.traffic.context.ListenerContext;
import io.laneway.gateway.traffic.edge.Edge;
import io.laneway.gateway.traffic.exchange.Exchanges;
import io.laneway.gateway.traffic.overload.LoadShedder;
import io.laneway.gateway.traffic.overload.LoopLoadShedder;
import io.laneway.gateway.traffic.overload.MemoryPressure;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.cluster.ClusterEnvironment;
import io.laneway.gateway.upstream.cluster.Clusters;
import io.laneway.gateway.upstream.cluster.Passthrough;
import io.laneway.gateway.upstream.health.HealthCheckThread;
import io.laneway.gateway.upstream.health.HealthChecker;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.gateway.upstream.pool.UpstreamEnvironment;
import io.laneway.gateway.upstream.pool.UpstreamTransport;
import io.laneway.router.decision.ListenerTraits;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.text.Slice;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The data plane: event loops, what each has of its own, and the listeners. Made, then {@linkplain #start started} when
 * there is a table to go by, {@linkplain #drain drained} and closed. Safe for many threads.
 */
public final class DataPlane implements AutoCloseable {

    private static final Duration CLOSING_MESSAGES = Duration.ofSeconds(1);

    /** Time in which an accept in progress ends. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final GatewayConfig config;
    private final Environment environment;
    private final Sockets sockets;
    private final int loopCount;
    private final MultiThreadIoEventLoopGroup group;
    private final Names names;
    private final UpstreamTlsContexts upstreamTls = new UpstreamTlsContexts();
    private final Http1Settings http1;
    private final ServerCertificates certificates;
    private final List<HeadPool> heads = new ArrayList<>();
    private final HealthChecker healthChecker;
    private final Clusters clusters;
    private final LoadShedder overload;
    private final List<LoopLoadShedder> shedders = new ArrayList<>();
    private final List<UpstreamEnvironment> loops = new ArrayList<>();
    private final List<ExchangeObserver> observers = new ArrayList<>();
    private final List<OpenConnections> connections = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger();

    /**
     * What a data plane is made with. Immutable.
     *
     * @param table     the table in force, null while there is none
     * @param observers makes the observer of an event loop, which runs what it is given
     * @param clock     the time of day
     * @param nanos     a clock for durations, as {@link System#nanoTime}
     * @param chance    seeds each loop's own generator
     * @param memory    the share of memory in use, 0 to 1
     * @param lookup    finds the addresses of a host
     */
    public record Environment(
            Supplier<@Nullable CompiledTable<Cluster, ServiceRules>> table,
            Function<Executor, ExchangeObserver> observers,
            Clock clock,
            LongSupplier nanos,
            SplittableRandom chance,
            DoubleSupplier memory,
            Lookup lookup) {

        /** With the memory of this process and the system's resolver. */
        public Environment(
                Supplier<@Nullable CompiledTable<Cluster, ServiceRules>> table,
                Function<Executor, ExchangeObserver> observers,
                Clock clock,
                LongSupplier nanos,
                SplittableRandom chance) {
            this(table, observers, clock, nanos, chance, new MemoryPressure(), new SystemNames());
        }
    }

    public DataPlane(GatewayConfig config, Environment environment) {
        this.config = config;
        this.environment = environment;
        this.names = new Names(environment.lookup());
        this.healthChecker =
                new HealthCheckThread(names::resolve, (tls, http2) -> upstreamTls.context(tls, http2, names.threads()));
        this.sockets = config.drain().handover() == null
                ? Sockets.of(config.transport())
                : Sockets.inheritable(config.transport());
        this.loopCount =
                config.threads() > 0 ? config.threads() : Runtime.getRuntime().availableProcessors();
        this.group = new MultiThreadIoEventLoopGroup(
                loopCount, new DefaultThreadFactory("laneway-loop"), sockets.handlers());
        this.clusters = new Clusters(new ClusterEnvironment(loopCount, environment.nanos(), healthChecker));
        this.http1 = Http1Settings.of(config.limits(), config.timeouts(), config.drain());
        this.overload = new LoadShedder(config.overload(), environment.memory());
        this.certificates = new ServerCertificates(config, upstreamTls);
        UpstreamTransport transport = new UpstreamTransport(
                sockets,
                names,
                upstreamTls,
                http1,
                StreamSettings.of(config.limits(), config.timeouts(), config.drain()));
        for (EventExecutor executor : group) {
            EventLoop eventLoop = (EventLoop) executor;
            Loop loop = new Loop(
                    loops.size(),
                    eventLoop,
                    environment.nanos(),
                    environment.chance().split());
            ExchangeObserver observer = environment.observers().apply(eventLoop);
            observers.add(observer);
            loops.add(new UpstreamEnvironment(loop, transport, observer));
            shedders.add(new LoopLoadShedder(overload, loop));
            connections.add(new OpenConnections(loop));
            heads.add(new HeadPool());
        }
    }

    /** Makes the live side of tables for this data plane. */
    public Clusters clusters() {
        return clusters;
    }

    /** Sheds load of the gateway as a whole. */
    public LoadShedder overload() {
        return overload;
    }

    /** The name of the transport in use. */
    public String transport() {
        return sockets.name();
    }

    /** The event loops. */
    public List<Loop> loops() {
        return loops.stream().map(UpstreamEnvironment::loop).toList();
    }

    /** What is wrong with certificate files now, by listener or as {@code upstream}; those in force are older. */
    public Map<String, String> tlsProblems() {
        return certificates.problems();
    }

    /** The listeners, once started. */
    public List<Listener> listeners() {
        return List.copyOf(listeners);
    }

    /**
     * Opens the listeners.
     *
     * @param inherited listening sockets of the process before
     * @throws IllegalStateException if an address cannot be had; none is open then
     */
    public void start(InheritedSockets inherited) {
        for (int i = 0; i < loopCount; i++) {
            loops.get(i).loop().start();
            loops.get(i).loop().eventLoop().execute(shedders.get(i)::start);
        }
        overload.start(healthChecker);
        List<EventLoop> eventLoops =
                loops.stream().map(upstreams -> upstreams.loop().eventLoop()).toList();
        Passthrough passthrough = new Passthrough(loopCount);
        StreamSettings http2 = StreamSettings.of(config.limits(), config.timeouts(), config.drain());
        ConnectionLimit openings = ConnectionLimit.of(open, config.limits().connections());
        for (ListenerConfig each : config.listeners()) {
            DownstreamInitializer setup = new DownstreamInitializer(
                    byLoop(each, passthrough),
                    new DownstreamCodecs(http1, http2),
                    openings,
                    certificates.of(each),
                    each.proxyProtocol());
            Listener listener = new Listener(each);
            try {
                listener.bind(sockets, eventLoops, group, setup, inherited.take(listener.key()));
            } catch (IllegalStateException e) {
                listeners.forEach(Listener::close);
                throw e;
            }
            listeners.add(listener);
        }
        inherited.closeRest();
    }

    /** The listening sockets by listener, for a process that drives its sockets that way; none if it cannot take ours. */
    public Map<String, List<FileDescriptor>> inheritable(String transport) {
        Map<String, List<FileDescriptor>> inheritable = new LinkedHashMap<>();
        if (sockets.adopts() && sockets.name().equals(transport)) {
            listeners.forEach(listener -> inheritable.put(listener.key(), listener.descriptors()));
        }
        return inheritable;
    }

    private Map<EventLoop, DownstreamInitializer.LoopServices> byLoop(
            ListenerConfig listener, Passthrough passthrough) {
        ListenerTraits traits = traits(listener);
        Map<EventLoop, DownstreamInitializer.LoopServices> byLoop = new HashMap<>();
        for (int i = 0; i < loopCount; i++) {
            UpstreamEnvironment upstreams = loops.get(i);
            ExchangeObserver observer = observers.get(i);
            ListenerContext context = new ListenerContext(
                    listener.name(),
                    traits,
                    config.headers(),
                    environment.table(),
                    upstreams,
                    passthrough,
                    observer,
                    environment.clock(),
                    new Edge(listener),
                    shedders.get(i));
            byLoop.put(
                    upstreams.loop().eventLoop(),
                    new DownstreamInitializer.LoopServices(
                            upstreams.loop(),
                            new Exchanges(context),
                            connections.get(i),
                            observer.listener(listener.name()),
                            heads.get(i)));
        }
        return byLoop;
    }

    private static ListenerTraits traits(ListenerConfig listener) {
        String lane = listener.defaultLane();
        String service = listener.service();
        return new ListenerTraits(
                listener.trust() == Trust.INTERNAL,
                listener.lanes(),
                lane == null ? null : Slice.of(lane),
                service == null ? null : ServiceId.parse(service),
                listener.unknownHost() == UnknownHost.PASSTHROUGH);
    }

    /**
     * Asks clients to go elsewhere with their next response, takes no more connections after the delay that is
     * configured, and lets what runs finish. Completes with the number of connections cut: 0 when none was left before
     * the grace time was over.
     */
    public CompletableFuture<Integer> drain() {
        return leave(config.drain().delay());
    }

    /** The same where another process listens on the same addresses: connections are left to it at once. */
    public CompletableFuture<Integer> leaveToSuccessor() {
        listeners.forEach(Listener::pause);
        return leave(PAUSE);
    }

    private CompletableFuture<Integer> leave(Duration delay) {
        connections.forEach(OpenConnections::drain);
        return CompletableFuture.runAsync(
                        () -> listeners.forEach(Listener::close),
                        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS))
                .thenCompose(closed -> CompletableFuture.allOf(
                                connections.stream().map(OpenConnections::empty).toArray(CompletableFuture<?>[]::new))
                        .completeOnTimeout(null, config.timeouts().drain().toMillis(), TimeUnit.MILLISECONDS))
                .thenCompose(finished -> {
                    int left = open.get();
                    return closeGracefully().thenApply(said -> left);
                })
                .whenComplete((left, error) -> connections.forEach(OpenConnections::closeAll));
    }

    /** How many connections of clients are open. */
    public int open() {
        return open.get();
    }

    /** Gives open connections a moment to send their closing messages. */
    private CompletableFuture<Void> closeGracefully() {
        return CompletableFuture.allOf(
                        connections.stream().map(OpenConnections::leave).toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, CLOSING_MESSAGES.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        if (group.isShuttingDown()) {
            return;
        }
        listeners.forEach(Listener::close);
        closeConnections();
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        healthChecker.close();
        names.close();
        certificates.close();
    }

    /** A loop that ends would leave their sockets to the process, since closing takes further turns of it. */
    private void closeConnections() {
        List<CompletableFuture<Void>> gone = new ArrayList<>();
        connections.forEach(each -> gone.add(each.empty()));
        connections.forEach(OpenConnections::closeAll);
        loops.forEach(each -> gone.add(each.close()));
        CompletableFuture.allOf(gone.toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, CLOSING.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
