package io.laneway.gateway.traffic.authorize;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.traffic.context.ExchangeContext;

/** How an authorizer is asked, and understood. Immutable. */
interface Authorizer {

    /**
     * The check about a request.
     *
     * @param body   what is sent of the request's body
     * @param within nanoseconds that the authorizer has
     */
    CheckCall check(ExchangeContext context, byte[] body, long within);

    /**
     * What a response says. One that says nothing is an {@link IllegalArgumentException} with the reason.
     *
     * @param lines of its head and of its trailers
     */
    AuthDecision understand(int status, HeaderLines lines, byte[] body);
}
