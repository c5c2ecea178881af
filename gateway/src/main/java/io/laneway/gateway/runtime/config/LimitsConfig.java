package io.laneway.gateway.runtime.config;

/**
 * What clients may send at most. Immutable.
 *
 * @param headBytes   of a request's head, else 431
 * @param uriBytes    of its target, else 414
 * @param headers     header lines, else 431
 * @param connections open connections over all listeners, further ones are closed at once; 0 for half of
 *                    the file descriptors that are left at start
 */
public record LimitsConfig(int headBytes, int uriBytes, int headers, int connections) {

    /** 64 KiB of head, 8 KiB of URI, 100 header lines, connections by file descriptors. */
    public static final LimitsConfig DEFAULT = new LimitsConfig(65_536, 8_192, 100, 0);

    public LimitsConfig {
        requireRange("headBytes", headBytes, 512, 1 << 20);
        requireRange("uriBytes", uriBytes, 64, 1 << 20);
        requireRange("headers", headers, 8, 10_000);
        requireRange("connections", connections, 0, Integer.MAX_VALUE);
    }

    private static void requireRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + min + " to " + max + ")");
        }
    }
}
