package io.laneway.router.policy;

/**
 * Bounds of one deployment in one gateway. Immutable. Zero is off.
 *
 * @param maxConnections open upstream connections
 * @param maxPending     requests that wait for a connection
 * @param maxRequests    requests in flight
 */
public record Limits(int maxConnections, int maxPending, int maxRequests) {

    public Limits {
        if (maxConnections < 0 || maxPending < 0 || maxRequests < 0) {
            throw new IllegalArgumentException("limits: below 0 (expected: >= 0)");
        }
    }
}
