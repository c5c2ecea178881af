package io.laneway.gateway.upstream.cluster;

import io.laneway.gateway.protocol.http1.Http1Settings;
import io.laneway.gateway.protocol.http2.StreamSettings;
import io.laneway.gateway.protocol.tls.UpstreamTlsContexts;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.eventloop.Sockets;
import io.laneway.gateway.runtime.names.Names;
import io.laneway.gateway.runtime.record.ExchangeObserver;
import java.util.concurrent.CompletableFuture;

/** What one event loop needs to reach endpoints. Confined to that loop, save for its parts that say otherwise. */
public final class UpstreamEnvironment {

    private final Loop loop;
    private final ExchangeObserver observer;
    private final Connector connector;

    /** How upstreams are reached, the same for every loop. Safe for many threads. */
    public record Ways(
            Sockets sockets, Names names, UpstreamTlsContexts tls, Http1Settings http1, StreamSettings http2) {}

    public UpstreamEnvironment(Loop loop, Ways ways, ExchangeObserver observer) {
        this.loop = loop;
        this.observer = observer;
        this.connector = new Connector(loop, ways);
    }

    public Loop loop() {
        return loop;
    }

    ExchangeObserver observer() {
        return observer;
    }

    Connector connector() {
        return connector;
    }

    /**
     * Closes every connection to endpoints, which a loop that ends does not do by itself. Any thread. Completes when none is
     * left.
     */
    public CompletableFuture<Void> close() {
        return connector.close();
    }
}
