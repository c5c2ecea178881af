package io.laneway.control.traffic;

/** The slots of time in which traffic is counted, numbered since 1970. Stateless. */
public final class Slots {

    /** How long one is, in ms. */
    public static final int EVERY_MS = 2_000;

    /** How many are kept and shown. */
    public static final int SHOWN = 30;

    /** How long they are together, in seconds. */
    public static final int WINDOW_SECONDS = SHOWN * EVERY_MS / 1_000;

    private Slots() {}

    /** The slot of a time in milliseconds since 1970. */
    public static long of(long millis) {
        return Math.floorDiv(millis, EVERY_MS);
    }

    static int place(long slot) {
        return (int) Math.floorMod(slot, (long) SHOWN);
    }
}
