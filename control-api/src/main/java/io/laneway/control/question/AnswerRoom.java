package io.laneway.control.question;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that answers of all gateways to all questions may take at once. Safe for many threads. */
final class AnswerRoom {

    private static final long MOST = 64L << 20;
    private static final int HEAP_PART = 16;

    private final long size;
    private final AtomicLong taken = new AtomicLong();

    AnswerRoom(long size) {
        this.size = size;
    }

    /** For this process: a part of its heap. */
    static AnswerRoom here() {
        return new AnswerRoom(Math.min(MOST, Runtime.getRuntime().maxMemory() / HEAP_PART));
    }

    /** Takes some, unless that is more than is left. */
    boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= size) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    void give(long bytes) {
        taken.addAndGet(-bytes);
    }

    long taken() {
        return taken.get();
    }
}
