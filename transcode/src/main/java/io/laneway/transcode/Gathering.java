package io.laneway.transcode;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of bodies are gathered at a time: an eighth of the heap at most, whichever clients send them. Any thread may use
 * it.
 */
final class Gathering {

    /** That of this process. */
    static final Gathering PROCESS = new Gathering(Runtime.getRuntime().maxMemory() / 8);

    private final long most;
    private final AtomicLong held = new AtomicLong();

    Gathering(long most) {
        this.most = most;
    }

    /** Takes so many bytes more; false, and none taken, if there is no room. */
    boolean take(long bytes) {
        if (held.addAndGet(bytes) <= most) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    /** Gives bytes back. */
    void giveBack(long bytes) {
        held.addAndGet(-bytes);
    }

    /** Bytes gathered now. */
    long held() {
        return held.get();
    }
}
