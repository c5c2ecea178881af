package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.protocol.http1.Http1Settings;
import io.laneway.gateway.protocol.http2.StreamSettings;
import io.laneway.gateway.protocol.tls.UpstreamTlsContexts;
import io.laneway.gateway.runtime.eventloop.Sockets;
import io.laneway.gateway.runtime.names.Names;
import org.jspecify.annotations.Nullable;

/**
 * How upstreams are reached, the same for every loop. Safe for many threads.
 *
 * @param own knows the open connections by their own address, null where nothing asks
 */
public record UpstreamTransport(
        Sockets sockets,
        Names names,
        UpstreamTlsContexts tls,
        Http1Settings http1,
        StreamSettings http2,
        @Nullable OwnAddresses own) {}
