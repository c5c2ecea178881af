package io.laneway.gateway.health;

import io.laneway.router.policy.Health;
import java.time.Duration;
import java.util.Objects;

/**
 * One question to one endpoint. Immutable.
 *
 * @param host    a name or an IP address
 * @param path    the path of an HTTP check, the service of a gRPC check; else empty
 * @param timeout until the answer
 */
public record Check(Health.Kind kind, String host, int port, String path, Duration timeout) {

    public Check {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(timeout, "timeout");
    }

    /** Whether a connection can be had. */
    public static Check reach(String host, int port, Duration timeout) {
        return new Check(Health.Kind.TCP, host, port, "", timeout);
    }
}
