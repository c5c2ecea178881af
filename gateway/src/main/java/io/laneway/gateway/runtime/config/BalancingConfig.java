package io.laneway.gateway.runtime.config;

import java.util.Objects;

/**
 * What the choice of endpoints goes by on this gateway. Immutable.
 *
 * @param zone         where this gateway runs, empty if unknown
 * @param stickySecret what values of session cookies are made with, empty for a secret that is none
 */
public record BalancingConfig(String zone, String stickySecret) {

    private static final int MIN_SECRET = 16;

    public static final BalancingConfig DEFAULT = new BalancingConfig("", "");

    public BalancingConfig {
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(stickySecret, "stickySecret");
        if (!stickySecret.isEmpty() && stickySecret.length() < MIN_SECRET) {
            throw new IllegalArgumentException("stickySecret: " + stickySecret.length()
                    + " characters (expected: at least " + MIN_SECRET + ", or none)");
        }
    }

    @Override
    public String toString() {
        return "BalancingConfig[zone=" + zone + ", stickySecret=" + (stickySecret.isEmpty() ? "none" : "…") + "]";
    }
}
