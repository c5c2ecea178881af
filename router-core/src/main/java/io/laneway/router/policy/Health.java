package io.laneway.router.policy;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Active health checks of each endpoint. Immutable.
 *
 * @param kind           how to ask
 * @param path           the path of an HTTP check (document key {@code path}); for gRPC the service name, maybe empty
 * @param unhealthyAfter failures in a row that make it unhealthy, {@code >= 1}
 * @param healthyAfter   successes in a row that make it healthy again, {@code >= 1}
 */
public record Health(
        Kind kind, @Nullable String path, Duration interval, Duration timeout, int unhealthyAfter, int healthyAfter) {

    /** The ways to ask. */
    public enum Kind {
        HTTP,
        GRPC,
        TCP
    }

    public Health {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(timeout, "timeout");
        if (unhealthyAfter < 1) {
            throw new IllegalArgumentException("unhealthyAfter: " + unhealthyAfter + " (expected: >= 1)");
        }
        if (healthyAfter < 1) {
            throw new IllegalArgumentException("healthyAfter: " + healthyAfter + " (expected: >= 1)");
        }
    }
}
