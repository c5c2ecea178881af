package io.laneway.gateway.traffic.context;

import io.laneway.gateway.runtime.config.HeadersConfig;
import io.laneway.gateway.runtime.record.ExchangeObserver;
import io.laneway.gateway.traffic.edge.Edge;
import io.laneway.gateway.traffic.entry.BrowserEntry;
import io.laneway.gateway.traffic.memory.LoopMemory;
import io.laneway.gateway.traffic.overload.LoopLoadShedder;
import io.laneway.gateway.traffic.page.ErrorPages;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.cluster.Passthrough;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.gateway.upstream.pool.UpstreamEnvironment;
import io.laneway.router.decision.ListenerTraits;
import io.laneway.router.table.CompiledTable;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where exchanges happen: one listener on one event loop, and all they need from outside. Immutable.
 *
 * @param name        of the listener
 * @param table       the table in force, null while there is none yet
 * @param passthrough the way to unknown hosts
 * @param shedder     sheds requests while the gateway has too many
 * @param tracing     follows exchanges for their spans, null for no spans
 * @param recorder    keeps requests that are recorded
 * @param entry       the way of browsers into lanes, null for none
 * @param memory      the lanes of traces, null for none
 * @param pages       local replies as pages, null for none
 */
public record ListenerContext(
        String name,
        ListenerTraits traits,
        HeadersConfig headers,
        Supplier<@Nullable CompiledTable<Cluster, ServiceRules>> table,
        UpstreamEnvironment upstreams,
        Passthrough passthrough,
        ExchangeObserver observer,
        Clock clock,
        Edge edge,
        LoopLoadShedder shedder,
        @Nullable ExchangeTracing tracing,
        ExchangeRecorder recorder,
        @Nullable BrowserEntry entry,
        @Nullable LoopMemory memory,
        @Nullable ErrorPages pages) {}
