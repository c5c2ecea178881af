package io.laneway.gateway.runtime.config;

/** What a listener does with hosts that no route and no service has. */
public enum UnknownHost {
    /** Sends the request where it asked to go, never stamped. */
    PASSTHROUGH,
    /** Answers 404 with reason {@code no_route}. */
    REFUSE
}
