package io.laneway.gateway.server.listener;

import io.laneway.gateway.protocol.http2.HeadPool;
import io.laneway.gateway.protocol.http2.Http2ServerConnection;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.record.ListenerStats;
import io.laneway.gateway.server.transparent.TransparentLoop;
import io.laneway.gateway.traffic.exchange.Exchanges;
import io.laneway.gateway.traffic.passage.Passages;
import org.jspecify.annotations.Nullable;

/**
 * What one loop has for a listener. Confined to that loop.
 *
 * @param transparent null where connections come to the listener by themselves
 */
record LoopServices(
        Loop loop,
        Exchanges exchanges,
        OpenConnections connections,
        ListenerStats stats,
        HeadPool heads,
        Passages passages,
        @Nullable TransparentLoop transparent) {

    Http2ServerConnection.StreamServices streams() {
        return new Http2ServerConnection.StreamServices(loop, exchanges, heads, stats);
    }
}
