package io.laneway.gateway.config;

import java.time.Duration;

/**
 * How long the gateway waits for callers; how long it waits for upstreams is a service's policy. Immutable.
 *
 * @param head  from a connection's first byte of a request to the end of its head
 * @param body  between two reads of a request's body
 * @param idle  between two requests on a connection
 * @param drain how long requests may run on once the gateway drains
 */
public record TimeoutsConfig(Duration head, Duration body, Duration idle, Duration drain) {

    /** 10 s for a head, 30 s without body bytes, 5 minutes idle, 30 s to drain. */
    public static final TimeoutsConfig DEFAULT = new TimeoutsConfig(
            Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofSeconds(30));

    public TimeoutsConfig {
        requirePositive("head", head);
        requirePositive("body", body);
        requirePositive("idle", idle);
        if (drain.isNegative()) {
            throw new IllegalArgumentException("drain: " + drain + " (expected: >= 0)");
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: above 0)");
        }
    }
}
