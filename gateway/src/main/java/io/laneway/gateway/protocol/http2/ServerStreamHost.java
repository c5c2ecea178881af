package io.laneway.gateway.protocol.http2;

import io.laneway.gateway.protocol.stream.DownstreamPeer;

/** What a client's stream asks of its connection beside frames. Confined to one event loop. */
interface ServerStreamHost {

    DownstreamPeer peer();

    FloodDetector floods();

    HeadPool heads();

    /** Nanoseconds without a byte after which a request's body is too slow. */
    long bodyTime();

    /** Bytes of a frame that is not complete yet. */
    long arriving();
}
