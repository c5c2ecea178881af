package io.laneway.router.policy;

/**
 * Whether requests of a service or route need what an external listener demands of clients, such as a token. Immutable.
 *
 * @param open true for requests of anybody, false for none without, whatever the listener says
 */
public record Access(boolean open) {}
