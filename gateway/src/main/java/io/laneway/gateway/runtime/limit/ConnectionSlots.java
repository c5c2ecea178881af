package io.laneway.gateway.runtime.limit;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the connections to one deployment over all event loops, and makes no more than its limit. Where the limit is
 * reached, those who asked are called when one is free, in the order of asking, and those who keep an idle one are
 * asked to give it up: else a loop without a connection could starve beside one that needs none of its own. Touched
 * once a connection, not once a request. Safe for many threads.
 */
public final class ConnectionSlots {

    private final AtomicInteger taken = new AtomicInteger();
    private final Queue<Holder> waiting = new ConcurrentLinkedQueue<>();
    private final Set<Holder> holders = ConcurrentHashMap.newKeySet();
    private final AtomicInteger waiters = new AtomicInteger();

    /** Who makes connections. Its methods may be called by any thread and return at once. */
    public interface Holder {

        /** Asked to close one idle connection, if it has one. */
        void giveUpIdle();

        /** A slot may be free: to ask again, or to {@linkplain #pass pass} it on. */
        void slotFree();
    }

    /**
     * Takes a slot; {@link #leave} is to follow.
     *
     * @param max 0 for no limit
     * @return false if none is free; then {@link Holder#slotFree} is called once, later
     */
    public boolean take(int max, Holder holder) {
        if (enter(max)) {
            holders.add(holder);
            return true;
        }
        waiters.incrementAndGet();
        waiting.add(holder);
        holders.forEach(Holder::giveUpIdle);
        if (taken.get() < max) {
            pass();
        }
        return false;
    }

    /** Takes a slot, or false if none is free. */
    public boolean takeNow(int max, Holder holder) {
        boolean entered = enter(max);
        if (entered) {
            holders.add(holder);
        }
        return entered;
    }

    private boolean enter(int max) {
        int now = taken.get();
        while (max == 0 || now < max) {
            int seen = taken.compareAndExchange(now, now + 1);
            if (seen == now) {
                return true;
            }
            now = seen;
        }
        return false;
    }

    /**
     * A slot is free again.
     *
     * @param last whether the holder has no other
     */
    public void leave(Holder holder, boolean last) {
        if (last) {
            holders.remove(holder);
        }
        taken.decrementAndGet();
        pass();
    }

    /** A connection with its slot is another holder's now. */
    public void came(Holder holder) {
        holders.add(holder);
    }

    /**
     * A connection with its slot goes to another holder.
     *
     * @param last whether this one has no other
     */
    public void went(Holder holder, boolean last) {
        if (last) {
            holders.remove(holder);
        }
    }

    /** Calls the next that waits: a slot may be free. */
    public void pass() {
        Holder next = waiting.poll();
        if (next != null) {
            waiters.decrementAndGet();
            next.slotFree();
        }
    }

    /** Whether any waits for a slot. */
    public boolean wanted() {
        return waiters.get() > 0;
    }

    /** The limit has changed: all who wait may ask again. */
    public void changed() {
        for (int left = waiting.size(); left > 0; left--) {
            pass();
        }
    }

    /** Connections that are open or being opened. */
    public int taken() {
        return taken.get();
    }
}
