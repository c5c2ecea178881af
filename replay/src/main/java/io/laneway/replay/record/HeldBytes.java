package io.laneway.replay.record;

import java.util.concurrent.atomic.AtomicLong;

/** A bound of bytes that are held. Thread-safe. */
final class HeldBytes {

    private final long bound;
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong queued = new AtomicLong();

    HeldBytes(String name, long bound) {
        if (bound < 1) {
            throw new IllegalArgumentException(name + ": " + bound + " (expected: >= 1)");
        }
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

    /** Of those that are held, so many wait to be written. */
    void queue(long bytes) {
        queued.addAndGet(bytes);
    }

    /** Gives back bytes that waited. */
    void giveQueued(long bytes) {
        queued.addAndGet(-bytes);
        give(bytes);
    }

    /** Whether at least half of what is held waits to be written. */
    boolean mostlyQueued() {
        return queued.get() * 2 >= held.get();
    }

    long held() {
        return held.get();
    }
}
