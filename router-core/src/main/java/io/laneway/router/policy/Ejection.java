package io.laneway.router.policy;

import java.time.Duration;
import java.util.Objects;

/**
 * When an endpoint is taken out because of its answers (passive). Immutable.
 *
 * @param consecutive5xx answers in a row that eject it, {@code >= 0}; 0 is off
 * @param time           how long at first; it grows with each ejection in a row (document key {@code for})
 * @param maxShare       at most so many percent of a deployment's endpoints, 0 to 100
 */
public record Ejection(int consecutive5xx, Duration time, int maxShare) {

    /** Five in a row, for 30 s, at most half of the endpoints. */
    public static final Ejection DEFAULT = new Ejection(5, Duration.ofSeconds(30), 50);

    public Ejection {
        if (consecutive5xx < 0) {
            throw new IllegalArgumentException("consecutive5xx: " + consecutive5xx + " (expected: >= 0)");
        }
        Objects.requireNonNull(time, "time");
        if (maxShare < 0 || maxShare > 100) {
            throw new IllegalArgumentException("maxShare: " + maxShare + "% (expected: 0% to 100%)");
        }
    }
}
