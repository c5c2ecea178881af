package io.laneway.gateway.telemetry.metrics;

/**
 * How many requests of a service's application came without the lane that it had, since the start. Immutable.
 *
 * @param lost     by their trace
 * @param restored those of them that got it back
 * @param unknown  of which it cannot be told, for want of a trace in one lane
 */
public record LostLanes(String service, long lost, long restored, long unknown) {

    long total() {
        return lost + unknown;
    }
}
