package io.laneway.gateway.protocol.http1;

/** What a client's connection is about to read. Immutable. */
enum RequestReading {
    HEAD,
    BODY,
    /** The request is read, its response not yet written; what comes is held. */
    RESPONDING,
    /** A tunnel or another protocol. */
    RAW,
    /** The connection is being closed; what comes is dropped. */
    CLOSING
}
