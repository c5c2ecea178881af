package io.laneway.gateway.telemetry.metrics;

import java.util.Map;

/**
 * What became of the requests that a recording matched, since it is in the table. Immutable.
 *
 * @param open    whether it matches requests: not before its beginning, nor after its end or its size
 * @param matched those that are still running or not written yet are in it, too
 * @param dropped by reason; those that are there
 */
public record RecordingTotals(String recording, boolean open, long matched, long kept, Map<String, Long> dropped) {

    public RecordingTotals {
        dropped = Map.copyOf(dropped);
    }
}
