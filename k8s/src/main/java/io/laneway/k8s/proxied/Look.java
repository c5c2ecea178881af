package io.laneway.k8s.proxied;

/**
 * How far a proxied Service is. Immutable.
 *
 * @param what what is waited for, or why it is refused
 */
record Look(State state, String what) {

    enum State {
        /** It is as its owners want it. */
        DONE,
        /** The next step waits for something. */
        WAITS,
        /** It cannot be done as asked for. */
        REFUSED
    }

    static final Look DONE = new Look(State.DONE, "");

    static Look waits(String what) {
        return new Look(State.WAITS, what);
    }

    static Look refused(String why) {
        return new Look(State.REFUSED, why);
    }
}
