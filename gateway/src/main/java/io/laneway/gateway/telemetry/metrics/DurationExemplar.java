package io.laneway.gateway.telemetry.metrics;

import io.laneway.gateway.runtime.record.TraceMark;
import java.util.concurrent.TimeUnit;

/**
 * One request of those in a bucket, by which its trace is found (OpenMetrics 1.0, exemplars). Immutable.
 *
 * @param millis when it ended, since the epoch
 */
record DurationExemplar(TraceMark trace, double seconds, long millis) {

    static DurationExemplar of(TraceMark trace, long startedMillis, long nanos) {
        return new DurationExemplar(trace, nanos / 1e9, startedMillis + TimeUnit.NANOSECONDS.toMillis(nanos));
    }
}
