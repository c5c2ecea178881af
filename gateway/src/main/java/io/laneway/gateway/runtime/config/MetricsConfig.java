package io.laneway.gateway.runtime.config;

/**
 * How much {@code /metrics} says. Immutable.
 *
 * @param series lines at most, about
 */
public record MetricsConfig(int series) {

    /** Fewer have no room for a deployment and for what is not counted by deployment. */
    public static final int LEAST = 1_000;

    public static final int MOST = 10_000_000;

    public static final MetricsConfig DEFAULT = new MetricsConfig(20_000);

    public MetricsConfig {
        if (series < LEAST || series > MOST) {
            throw new IllegalArgumentException("series: " + series + " (expected: " + LEAST + " to " + MOST + ")");
        }
    }
}
