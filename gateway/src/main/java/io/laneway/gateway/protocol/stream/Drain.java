package io.laneway.gateway.protocol.stream;

/**
 * Sent as a user event through the pipeline of every connection of a client when the gateway drains: what runs is
 * finished, the client is asked to go elsewhere, and then the connection is closed. Immutable.
 */
public enum Drain {
    EVENT,

    /** The grace time is over: the connection is about to be closed, whatever runs. */
    LAST
}
