package io.laneway.control.http.message;

import java.util.concurrent.atomic.AtomicLong;

/** A number of bytes that calls take and give back. Safe for many threads. */
public final class MemoryShare {

    private final long size;
    private final AtomicLong taken = new AtomicLong();

    public MemoryShare(long size) {
        this.size = size;
    }

    /** Takes some, unless that is more than is left; one alone always gets what it wants. */
    public boolean take(long bytes) {
        long before = taken.getAndAdd(bytes);
        if (before == 0 || before + bytes <= size) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    public void give(long bytes) {
        taken.addAndGet(-bytes);
    }

    long taken() {
        return taken.get();
    }
}
