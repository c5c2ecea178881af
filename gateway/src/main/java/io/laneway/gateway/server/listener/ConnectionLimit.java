package io.laneway.gateway.server.listener;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections are open on all listeners, and may be. Safe for many threads.
 *
 * @param max 0 for no limit
 */
record ConnectionLimit(AtomicInteger open, int max) {

    boolean full() {
        return max > 0 && open.get() >= max;
    }
}
