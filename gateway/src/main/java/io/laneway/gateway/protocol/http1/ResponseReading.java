package io.laneway.gateway.protocol.http1;

/** What an endpoint's connection is about to read. Immutable. */
enum ResponseReading {
    /** No stream: whatever comes was not asked for. */
    IDLE,
    HEAD,
    BODY,
    /** It switches before the body of the request is sent: what follows is held until then. */
    EARLY,
    /** The connection takes no more streams. */
    CLOSED
}
