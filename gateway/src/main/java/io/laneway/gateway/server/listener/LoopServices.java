package io.laneway.gateway.server.listener;

import io.laneway.gateway.protocol.http2.HeadPool;
import io.laneway.gateway.protocol.http2.Http2ServerConnection;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.record.ListenerStats;
import io.laneway.gateway.traffic.exchange.Exchanges;
import io.laneway.gateway.traffic.passage.Passages;

/** What one loop has for a listener. Confined to that loop. */
record LoopServices(
        Loop loop,
        Exchanges exchanges,
        OpenConnections connections,
        ListenerStats stats,
        HeadPool heads,
        Passages passages) {

    Http2ServerConnection.StreamServices streams() {
        return new Http2ServerConnection.StreamServices(loop, exchanges, heads, stats);
    }
}
