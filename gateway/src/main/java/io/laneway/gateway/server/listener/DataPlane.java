package io.laneway.gateway.server.listener;

import io.laneway.gateway.protocol.http1.Http1Settings;
import io.laneway.gateway.protocol.http2.StreamSettings;
import io.laneway.gateway.protocol.tls.UpstreamTlsContexts;
import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.eventloop.Sockets;
import io.laneway.gateway.runtime.lifecycle.Opened;
import io.laneway.gateway.runtime.limit.FleetRates;
import io.laneway.gateway.runtime.names.Names;
import io.laneway.gateway.server.hotrestart.InheritedSockets;
import io.laneway.gateway.server.transparent.TransparentLoop;
import io.laneway.gateway.traffic.filter.Filters;
import io.laneway.gateway.traffic.memory.LaneContexts;
import io.laneway.gateway.traffic.memory.LaneMemory;
import io.laneway.gateway.traffic.overload.LoadShedder;
import io.laneway.gateway.upstream.balance.SessionKey;
import io.laneway.gateway.upstream.cluster.ClusterEnvironment;
import io.laneway.gateway.upstream.cluster.Clusters;
import io.laneway.gateway.upstream.cluster.Passthrough;
import io.laneway.gateway.upstream.health.HealthCheckThread;
import io.laneway.gateway.upstream.join.JoinRoute;
import io.laneway.gateway.upstream.pool.OwnAddresses;
import io.laneway.gateway.upstream.pool.UpstreamTransport;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data plane: event loops, what each has of its own, and the listeners. Made, then {@linkplain #start started} when
 * there is a table to go by, {@linkplain #drain drained} and closed. Safe for many threads.
 */
public final class DataPlane implements AutoCloseable {

    private static final Duration CLOSING_MESSAGES = Duration.ofSeconds(1);

    /** Time in which an accept in progress ends. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** For the store of rates to respond. */
    private static final Duration STORE = Duration.ofSeconds(1);

    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final Opened opened = new Opened();
    private final GatewayConfig config;
    private final DataPlaneEnvironment environment;
    private final Sockets sockets;
    private final int loopCount;
    private final MultiThreadIoEventLoopGroup group;
    private final Names names;
    private final UpstreamTlsContexts upstreamTls = new UpstreamTlsContexts();
    private final Http1Settings http1;
    private final HealthCheckThread healthChecker;
    private final Clusters clusters;
    private final ListenerParts parts;
    private final LoadShedder overload;
    private final @Nullable LaneMemory memory;
    private final List<DataPlaneLoop> loops = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger();

    /**
     * With the filters that its configuration names.
     *
     * @throws io.laneway.gateway.traffic.filter.FilterProblems if one of them cannot be had
     */
    public DataPlane(GatewayConfig config, DataPlaneEnvironment environment) {
        this(config, environment, Filters.open(config));
    }

    /** @param filters are closed with it, also where it cannot be made */
    public DataPlane(GatewayConfig config, DataPlaneEnvironment environment, Filters filters) {
        this.config = config;
        this.environment = environment;
        this.loopCount =
                config.threads() > 0 ? config.threads() : Runtime.getRuntime().availableProcessors();
        this.parts = opened.add(new ListenerParts(config, environment, upstreamTls, loopCount, filters));
        try {
            this.sockets = config.drain().handover() == null
                    ? Sockets.of(config.transport())
                    : Sockets.inheritable(config.transport());
            TransparentLoop.check(config.listeners(), sockets);
            this.names = opened.add(new Names(environment.lookup()));
            this.healthChecker = opened.add(new HealthCheckThread(
                    names::resolve, (tls, http2) -> upstreamTls.context(tls, http2, names.threads())));
            this.group = new MultiThreadIoEventLoopGroup(
                    loopCount, new DefaultThreadFactory("laneway-loop"), sockets.handlers());
            opened.add(() -> group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly());
            this.clusters = new Clusters(new ClusterEnvironment(
                    loopCount,
                    environment.nanos(),
                    healthChecker,
                    config.balancing().zone(),
                    SessionKey.of(config.balancing().stickySecret()),
                    address -> JoinRoute.to(address, config.table()),
                    parts.rates()));
            this.http1 = Http1Settings.of(config.limits(), config.timeouts(), config.drain());
            this.overload = new LoadShedder(config.overload(), environment.memory());
            this.memory = LaneMemory.of(config.listeners(), environment.chance().split());
            makeLoops();
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    private void makeLoops() {
        UpstreamTransport transport = new UpstreamTransport(
                sockets,
                names,
                upstreamTls,
                http1,
                StreamSettings.of(config.limits(), config.timeouts(), config.drain()),
                TransparentLoop.any(config.listeners()) ? new OwnAddresses() : null);
        for (EventExecutor executor : group) {
            EventLoop eventLoop = (EventLoop) executor;
            Loop loop = new Loop(
                    loops.size(),
                    eventLoop,
                    environment.nanos(),
                    environment.chance().split());
            loops.add(DataPlaneLoop.of(loop, transport, environment, overload, memory));
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

    /** How services deal with the lanes of their requests; null if that is not looked at. */
    public @Nullable LaneContexts laneContexts() {
        return memory == null ? null : memory.contexts();
    }

    /** The name of the transport in use. */
    public String transport() {
        return sockets.name();
    }

    /** The event loops. */
    public List<Loop> loops() {
        return loops.stream().map(DataPlaneLoop::loop).toList();
    }

    /** What listeners look at or ask beside the table. */
    public ListenerParts parts() {
        return parts;
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
        FleetRates rates = parts.rates();
        if (rates != null) {
            rates.start(STORE);
        }
        loops.forEach(DataPlaneLoop::start);
        overload.start(healthChecker);
        List<EventLoop> eventLoops =
                loops.stream().map(one -> one.loop().eventLoop()).toList();
        Passthrough passthrough = new Passthrough(loopCount);
        StreamSettings http2 = StreamSettings.of(config.limits(), config.timeouts(), config.drain());
        ConnectionLimit openings = ConnectionLimit.of(open, config.limits().connections());
        for (ListenerConfig each : config.listeners()) {
            DownstreamInitializer setup = new DownstreamInitializer(
                    byLoop(each, passthrough),
                    new DownstreamCodecs(http1, new Http2Codec(http2)),
                    openings,
                    parts.tls(each),
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

    private Map<EventLoop, LoopServices> byLoop(ListenerConfig listener, Passthrough passthrough) {
        Map<EventLoop, LoopServices> byLoop = new HashMap<>();
        ListenerShare share = parts.of(listener);
        loops.forEach(one -> byLoop.put(
                one.loop().eventLoop(), one.services(listener, config.headers(), environment, passthrough, share)));
        return byLoop;
    }

    private Stream<OpenConnections> connections() {
        return loops.stream().map(DataPlaneLoop::connections);
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
        connections().forEach(OpenConnections::drain);
        return CompletableFuture.runAsync(
                        () -> listeners.forEach(Listener::close),
                        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS))
                .thenCompose(closed -> CompletableFuture.allOf(
                                connections().map(OpenConnections::empty).toArray(CompletableFuture<?>[]::new))
                        .completeOnTimeout(null, config.timeouts().drain().toMillis(), TimeUnit.MILLISECONDS))
                .thenCompose(finished -> {
                    int left = open.get();
                    return closeGracefully().thenApply(said -> left);
                })
                .whenComplete((left, error) -> connections().forEach(OpenConnections::closeAll));
    }

    /** How many connections of clients are open. */
    public int open() {
        return open.get();
    }

    /** Gives open connections a moment to send their closing messages. */
    private CompletableFuture<Void> closeGracefully() {
        return CompletableFuture.allOf(connections().map(OpenConnections::leave).toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, CLOSING_MESSAGES.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        if (group.isShuttingDown()) {
            return;
        }
        listeners.forEach(Listener::close);
        closeConnections();
        opened.close();
    }

    /** A loop that ends would leave their sockets to the process, since closing takes further turns of it. */
    private void closeConnections() {
        List<CompletableFuture<Void>> gone = new ArrayList<>();
        connections().forEach(each -> gone.add(each.empty()));
        connections().forEach(OpenConnections::closeAll);
        loops.forEach(each -> gone.add(each.close()));
        CompletableFuture.allOf(gone.toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, CLOSING.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
