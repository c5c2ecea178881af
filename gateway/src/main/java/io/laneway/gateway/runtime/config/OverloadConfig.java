package io.laneway.gateway.runtime.config;

import java.time.Duration;

/**
 * When the gateway as a whole sheds requests with 503 to stay alive. Immutable.
 *
 * @param maxRequests requests in flight over all listeners; 0 for no limit
 * @param memoryShare used share of the heap and of direct memory above which new requests are shed, 0 to 1; 1 never
 * @param loopLag     how late an event loop may be before it sheds; 0 never
 */
public record OverloadConfig(int maxRequests, double memoryShare, Duration loopLag) {

    /** No limit of requests, 95 % of memory, two seconds of lag. */
    public static final OverloadConfig DEFAULT = new OverloadConfig(0, 0.95, Duration.ofSeconds(2));

    public OverloadConfig {
        if (maxRequests < 0) {
            throw new IllegalArgumentException("maxRequests: " + maxRequests + " (expected: >= 0)");
        }
        if (!(memoryShare > 0 && memoryShare <= 1)) {
            throw new IllegalArgumentException("memoryShare: " + memoryShare + " (expected: above 0, at most 1)");
        }
        if (loopLag.isNegative()) {
            throw new IllegalArgumentException("loopLag: " + loopLag + " (expected: >= 0)");
        }
    }
}
