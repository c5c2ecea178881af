package io.laneway.gateway.runtime.limit;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what one deployment has at a time over all event loops, and lets no more in than its limits say. Requests are
 * counted only where limits are set. Safe for many threads.
 */
public final class CircuitBreaker {

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger pending = new AtomicInteger();
    private final ConnectionSlots connections = new ConnectionSlots();

    /** Lets a request in; {@link #leave} is to follow. False if {@code max} are in; 0 is no limit. */
    public boolean enter(int max) {
        return take(requests, max);
    }

    /** A request that was let in is over. */
    public void leave() {
        requests.decrementAndGet();
    }

    /** Lets a request wait for a connection; {@link #served} is to follow. False if {@code max} wait; 0 is no limit. */
    public boolean queue(int max) {
        return take(pending, max);
    }

    /** A request that waited does not any more. */
    public void served() {
        pending.decrementAndGet();
    }

    /** The connections that it has. */
    public ConnectionSlots connections() {
        return connections;
    }

    /** Requests that are in. */
    public int requests() {
        return requests.get();
    }

    /** Never above the limit, not for a moment: others must not be refused for a request that is refused itself. */
    private static boolean take(AtomicInteger count, int max) {
        int now = count.get();
        while (max == 0 || now < max) {
            int seen = count.compareAndExchange(now, now + 1);
            if (seen == now) {
                return true;
            }
            now = seen;
        }
        return false;
    }
}
