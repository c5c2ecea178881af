package io.laneway.control.question;

import org.jspecify.annotations.Nullable;

/**
 * What is to be run once a reader has left, whichever is known first: the task, or that it left. Safe for many threads.
 */
final class TailEnd {

    private @Nullable Runnable task;
    private boolean left;

    void set(Runnable wanted) {
        boolean now;
        synchronized (this) {
            task = wanted;
            now = left;
        }
        if (now) {
            wanted.run();
        }
    }

    void run() {
        Runnable wanted;
        synchronized (this) {
            left = true;
            wanted = task;
        }
        if (wanted != null) {
            wanted.run();
        }
    }
}
