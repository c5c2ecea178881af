package io.laneway.gateway.runtime.config;

/** Whom a listener faces. */
public enum Trust {
    /** Strangers: what they stamp is overwritten or removed, and no bare service name is reachable. */
    EXTERNAL,
    /** Our own services and gateways: their stamps are obeyed. */
    INTERNAL
}
