package io.laneway.gateway.traffic.context;

/** Follows the exchanges of one event loop for their spans. Confined to that loop. */
@FunctionalInterface
public interface ExchangeTracing {

    /** What follows those that one context has, one after the other. */
    ExchangeTrace follow(FollowedExchange exchange);
}
