package io.laneway.gateway.server.listener;

import io.laneway.gateway.runtime.lifecycle.FileDescriptors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections are open on all listeners, and may be. Safe for many threads.
 *
 * @param max 0 for no limit
 */
record ConnectionLimit(AtomicInteger open, int max) {

    private static final int LEAST = 16;

    /** As configured; 0 stands for half of the file descriptors that are left, since requests take others to endpoints. */
    static ConnectionLimit of(AtomicInteger open, int configured) {
        return new ConnectionLimit(open, configured > 0 ? configured : byDescriptors());
    }

    /** 0 where the system has no answer. */
    private static int byDescriptors() {
        long most = FileDescriptors.most().orElse(0);
        long half = (most - FileDescriptors.open().orElse(0)) / 2;
        return most <= 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, Math.max(LEAST, half));
    }

    boolean full() {
        return max > 0 && open.get() >= max;
    }
}
