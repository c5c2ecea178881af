package io.laneway.gateway.server.listener;

import io.laneway.gateway.protocol.http2.HeadPool;
import io.laneway.gateway.runtime.config.HeadersConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.record.ExchangeObserver;
import io.laneway.gateway.runtime.record.ListenerStats;
import io.laneway.gateway.server.transparent.TransparentLoop;
import io.laneway.gateway.traffic.authorize.LoopAuth;
import io.laneway.gateway.traffic.context.ExchangeRecorder;
import io.laneway.gateway.traffic.context.ExchangeTracing;
import io.laneway.gateway.traffic.context.ListenerContext;
import io.laneway.gateway.traffic.edge.Edge;
import io.laneway.gateway.traffic.entry.BrowserEntry;
import io.laneway.gateway.traffic.exchange.Exchanges;
import io.laneway.gateway.traffic.interest.LoopInterests;
import io.laneway.gateway.traffic.link.LoopLinks;
import io.laneway.gateway.traffic.memory.LaneMemory;
import io.laneway.gateway.traffic.memory.LoopMemory;
import io.laneway.gateway.traffic.overload.LoadShedder;
import io.laneway.gateway.traffic.overload.LoopLoadShedder;
import io.laneway.gateway.traffic.passage.Passages;
import io.laneway.gateway.traffic.token.LoopTokens;
import io.laneway.gateway.upstream.cluster.Passthrough;
import io.laneway.gateway.upstream.pool.UpstreamEnvironment;
import io.laneway.gateway.upstream.pool.UpstreamTransport;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one event loop of the data plane has of its own, for all listeners. Immutable; what it holds is the loop's. */
record DataPlaneLoop(
        UpstreamTransport transport,
        UpstreamEnvironment upstreams,
        ExchangeObserver observer,
        LoopLoadShedder shedder,
        OpenConnections connections,
        HeadPool heads,
        @Nullable ExchangeTracing tracing,
        ExchangeRecorder recorder,
        @Nullable LaneMemory memory) {

    static DataPlaneLoop of(
            Loop loop,
            UpstreamTransport transport,
            DataPlaneEnvironment environment,
            LoadShedder overload,
            @Nullable LaneMemory memory) {
        ExchangeObserver observer = environment.observers().apply(loop.eventLoop());
        Function<Loop, ExchangeTracing> tracing = environment.tracing();
        return new DataPlaneLoop(
                transport,
                new UpstreamEnvironment(loop, transport, observer),
                observer,
                new LoopLoadShedder(overload, loop),
                new OpenConnections(loop),
                new HeadPool(),
                tracing == null ? null : tracing.apply(loop),
                environment.recorders().apply(loop),
                memory);
    }

    Loop loop() {
        return upstreams.loop();
    }

    void start() {
        loop().start();
        loop().eventLoop().execute(shedder::start);
    }

    /** What this loop has for a listener. */
    LoopServices services(
            ListenerConfig listener,
            HeadersConfig headers,
            DataPlaneEnvironment environment,
            Passthrough passthrough,
            ListenerShare share) {
        ListenerContext context = new ListenerContext(
                listener.name(),
                listener.traits(),
                headers,
                environment.table(),
                upstreams,
                passthrough,
                observer,
                environment.clock(),
                new Edge(listener),
                shedder,
                tracing,
                recorder,
                BrowserEntry.of(listener),
                LoopMemory.of(memory, listener),
                share.pages());
        Exchanges exchanges = new Exchanges(
                context,
                share.tokens() == null ? null : new LoopTokens(share.tokens()),
                share.auth() == null ? null : new LoopAuth(share.auth(), upstreams),
                share.links() == null ? null : new LoopLinks(share.links()),
                share.filters() == null ? null : share.filters().newLoop(),
                share.rates(),
                environment.interests() == null ? null : new LoopInterests(environment.interests()));
        ListenerStats stats = observer.listener(listener.name());
        return new LoopServices(
                loop(),
                exchanges,
                connections,
                stats,
                heads,
                new Passages(context),
                TransparentLoop.of(listener, loop(), transport, stats));
    }

    /** Closes the connections to upstreams. */
    CompletableFuture<Void> close() {
        return upstreams.close();
    }
}
