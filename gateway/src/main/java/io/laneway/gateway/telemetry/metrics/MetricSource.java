package io.laneway.gateway.telemetry.metrics;

/** Writes metrics when they are asked for. Safe for many threads. */
public interface MetricSource {

    /** Writes whole metric families. */
    void write(Exposition out);
}
