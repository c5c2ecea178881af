package io.laneway.replay.socket;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of messages that have not ended, and of windows of decompression, are held for all WebSockets. Thread-safe. */
public final class SocketRoom {

    private final long bound;
    private final AtomicLong held = new AtomicLong();

    /** Room for so many bytes. */
    public SocketRoom(long bound) {
        this.bound = bound;
    }

    /** Whether there was room for them; if not, nothing is held. */
    boolean take(long bytes) {
        if (held.addAndGet(bytes) <= bound) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    void give(long bytes) {
        held.addAndGet(-bytes);
    }
}
