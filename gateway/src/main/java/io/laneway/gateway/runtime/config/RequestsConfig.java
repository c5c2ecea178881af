package io.laneway.gateway.runtime.config;

/**
 * What is remembered of finished requests. Immutable.
 *
 * @param remembered so many of the last ones; 0 for none, {@link #AUTO} for as many as the heap has room for
 */
public record RequestsConfig(int remembered) {

    /** As many as a fortieth of the heap holds, at most {@link #USUAL}. */
    public static final int AUTO = -1;

    /** Enough for half a minute at 2000 requests a second. */
    public static final int USUAL = 65_536;

    /** Most that can be asked for: 2 GB. */
    public static final int MOST = 10_000_000;

    public static final RequestsConfig DEFAULT = new RequestsConfig(AUTO);

    private static final int BYTES = 200;
    private static final int SHARE = 40;

    public RequestsConfig {
        if (remembered < AUTO || remembered > MOST) {
            throw new IllegalArgumentException("remembered: " + remembered + " (expected: auto or 0 to " + MOST + ")");
        }
    }

    /** How many are remembered by a gateway with that heap, in bytes. */
    public int remembered(long heap) {
        return remembered == AUTO ? (int) Math.min(USUAL, heap / SHARE / BYTES) : remembered;
    }
}
