/**
 * Counts what passes, loop by loop, and writes the sums as Prometheus or OpenMetrics text. docs/reference/metrics.md.
 */
@NullMarked
package io.laneway.gateway.telemetry.metrics;

import org.jspecify.annotations.NullMarked;
