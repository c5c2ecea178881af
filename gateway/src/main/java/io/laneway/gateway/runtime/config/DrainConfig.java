package io.laneway.gateway.runtime.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway leaves; how long requests may then run on is {@link TimeoutsConfig#drain}. Immutable.
 *
 * @param delay    how long connections are still accepted once it drains, so that load balancers can notice
 * @param idle     how long a connection without a request is kept then, so that a request already on its way is
 *                 answered
 * @param handover a Unix domain socket by which a new process takes over the listening sockets; null for none
 */
public record DrainConfig(
        Duration delay, Duration idle, @Nullable Path handover) {

    /** No delay, two seconds for idle connections, no hot restart. */
    public static final DrainConfig DEFAULT = new DrainConfig(Duration.ZERO, Duration.ofSeconds(2), null);

    public DrainConfig {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay: " + delay + " (expected: >= 0)");
        }
        if (idle.isNegative() || idle.isZero()) {
            throw new IllegalArgumentException("idle: " + idle + " (expected: above 0)");
        }
    }
}
