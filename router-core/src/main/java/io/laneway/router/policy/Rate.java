package io.laneway.router.policy;

import java.time.Duration;
import java.util.Objects;

/**
 * A rate limit per key: at most {@code requests / per × time + burst}. Immutable.
 *
 * @param requests {@code >= 1}
 * @param burst    {@code >= 1}
 * @param header   the header name of {@link Key#HEADER}, empty otherwise
 * @param scope    where it counts
 */
public record Rate(int requests, Duration per, int burst, Key key, String header, Scope scope) {

    /** What is counted apart. */
    public enum Key {
        TENANT,
        LANE,
        HEADER,
        SOURCE
    }

    /** Where requests are counted together. */
    public enum Scope {
        /** At each gateway by itself. */
        GATEWAY,
        /** At all gateways, each of which has a share. */
        FLEET
    }

    /** Counted at each gateway by itself. */
    public Rate(int requests, Duration per, int burst, Key key, String header) {
        this(requests, per, burst, key, header, Scope.GATEWAY);
    }

    public Rate {
        if (requests < 1) {
            throw new IllegalArgumentException("requests: " + requests + " (expected: >= 1)");
        }
        if (burst < 1) {
            throw new IllegalArgumentException("burst: " + burst + " (expected: >= 1)");
        }
        if (per.isZero() || per.isNegative()) {
            throw new IllegalArgumentException("per: " + per + " (expected: a duration above 0)");
        }
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(header, "header");
        Objects.requireNonNull(scope, "scope");
    }
}
