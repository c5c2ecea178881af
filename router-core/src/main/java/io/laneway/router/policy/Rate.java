package io.laneway.router.policy;

import java.time.Duration;
import java.util.Objects;

/**
 * A rate limit per key and gateway: at most {@code requests / per × time + burst}. Immutable.
 *
 * @param requests {@code >= 1}
 * @param burst    {@code >= 1}
 * @param header   the header name of {@link Key#HEADER}, empty otherwise
 */
public record Rate(int requests, Duration per, int burst, Key key, String header) {

    /** What is counted apart. */
    public enum Key {
        TENANT,
        LANE,
        HEADER,
        SOURCE
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
    }
}
