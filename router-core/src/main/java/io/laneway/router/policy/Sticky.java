package io.laneway.router.policy;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Session affinity: a client keeps its endpoint of a deployment by a cookie that the gateway sets. Immutable.
 *
 * @param cookie the name of the cookie
 * @param ttl    how long clients keep it from when it is set, null for as long as a browser is open
 */
public record Sticky(String cookie, @Nullable Duration ttl) {

    public Sticky {
        Objects.requireNonNull(cookie, "cookie");
        if (ttl != null && ttl.toSeconds() < 1) {
            throw new IllegalArgumentException("ttl: " + ttl.toMillis() + "ms (expected: at least 1s)");
        }
    }
}
