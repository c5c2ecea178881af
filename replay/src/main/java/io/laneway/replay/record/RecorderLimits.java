package io.laneway.replay.record;

/**
 * How many bytes a recorder holds of requests that are not written yet.
 *
 * @param inlet of one event loop
 * @param all of all together
 */
public record RecorderLimits(long inlet, long all) {

    /** 8 MiB a loop, 64 MiB in all. */
    public static final RecorderLimits DEFAULT = new RecorderLimits(8L << 20, 64L << 20);
}
