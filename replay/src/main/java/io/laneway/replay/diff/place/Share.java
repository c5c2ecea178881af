package io.laneway.replay.diff.place;

/** How often the lane has one value of those that base varies between. Confined to one thread. */
public final class Share {

    private int once;
    private int twice;
    private int hits;

    void add(int count, boolean lane) {
        once += count == 1 ? 1 : 0;
        twice += count == 2 ? 1 : 0;
        hits += lane ? 1 : 0;
    }

    /** Requests in which one of three has it. */
    public int once() {
        return once;
    }

    /** Requests in which two of three have it. */
    public int twice() {
        return twice;
    }

    /** Requests of these in which the lane has it. */
    public int hits() {
        return hits;
    }
}
