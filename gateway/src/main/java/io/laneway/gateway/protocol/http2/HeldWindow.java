package io.laneway.gateway.protocol.http2;

/**
 * The window that a stream's sender does not get back yet, as who reads has paused (RFC 9113 section 5.2). Confined to one
 * event loop.
 */
final class HeldWindow {

    private int bytes;
    private boolean paused;

    void pause() {
        paused = true;
    }

    boolean paused() {
        return paused;
    }

    /** The part of that window which may be given back now: all or nothing; it is held while reading is paused. */
    int credit(int window, boolean reading) {
        if (!paused || !reading) {
            return window;
        }
        bytes += window;
        return 0;
    }

    /** Reading has resumed. */
    void resume() {
        paused = false;
    }

    /** What was held, to be given back; nothing is held after that. */
    int release() {
        int held = bytes;
        bytes = 0;
        return held;
    }

    @Override
    public String toString() {
        return (paused ? "paused, " : "") + bytes + " bytes of window held";
    }
}
