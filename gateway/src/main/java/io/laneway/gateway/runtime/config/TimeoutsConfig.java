package io.laneway.gateway.runtime.config;

import java.time.Duration;

/**
 * How long the gateway waits for clients; how long it waits for upstreams is a service's policy. Immutable.
 *
 * @param head  from a connection's first byte of a request to the end of its head
 * @param body  between two reads of a request's body; 0 leaves that to the service's policy
 * @param idle  between two requests on a connection
 * @param drain how long requests may run on once the gateway drains
 */
public record TimeoutsConfig(Duration head, Duration body, Duration idle, Duration drain) {

    /** 10 s for a head, bodies as the policy says, 5 minutes idle, 30 s to drain. */
    public static final TimeoutsConfig DEFAULT =
            new TimeoutsConfig(Duration.ofSeconds(10), Duration.ZERO, Duration.ofMinutes(5), Duration.ofSeconds(30));

    public TimeoutsConfig {
        requirePositive("head", head);
        requireNotNegative("body", body);
        requirePositive("idle", idle);
        requireNotNegative("drain", drain);
    }

    private static void requireNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 0)");
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: above 0)");
        }
    }
}
