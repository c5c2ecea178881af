package io.laneway.gateway.runtime.config;

/**
 * Which headers the gateway adds of its own. Immutable.
 *
 * @param decision whether responses carry {@code x-laneway-lane} and {@code x-laneway-decision}
 * @param via      whether {@code Via} is added both ways (RFC 9110 section 7.6.3)
 * @param server   whether local replies carry {@code server: laneway}
 * @param requestId whether responses carry the request's {@code x-request-id}, so that a user can quote it
 */
public record HeadersConfig(boolean decision, boolean via, boolean server, boolean requestId) {

    /** The headers of the decision and the request's id; no {@code Via}, no {@code server}. */
    public static final HeadersConfig DEFAULT = new HeadersConfig(true, false, false, true);
}
