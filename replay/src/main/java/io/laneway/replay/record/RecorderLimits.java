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

    private static final long LEAST = 1L << 20;
    private static final int SHARE = 16;

    /**
     * The default where there is room for it: what waits for a slow disk must not take the memory of requests.
     *
     * @param memory of the process, as its heap may have; a sixteenth of it at most is held
     */
    public static RecorderLimits within(long memory) {
        long all = Math.max(LEAST, Math.min(DEFAULT.all, memory / SHARE));
        return new RecorderLimits(Math.min(DEFAULT.inlet, all / 2), all);
    }
}
