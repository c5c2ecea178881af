package io.laneway.gateway.runtime.eventloop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deadlines of one event loop, on one coarse wheel instead of a timer each. Confined to its event loop. A deadline that
 * moves further away stays in its slot and is put in the right one when that slot comes round; a nearer one is moved at
 * once. Deadlines pass up to one tick late, never early.
 */
public final class TimerWheel {

    private static final Logger log = LoggerFactory.getLogger(TimerWheel.class);
    private static final int SLOTS = 512;

    private final long tick;
    private final long origin;
    private final @Nullable TimerEntry[] slots = new @Nullable TimerEntry[SLOTS];
    private long swept;

    /**
     * @param tick nanoseconds between two sweeps
     * @param now  the clock's reading
     */
    public TimerWheel(long tick, long now) {
        this.tick = tick;
        this.origin = now;
    }

    /** Sets the deadline {@code delay} nanoseconds after {@code now}, in place of any before. */
    public void set(TimerEntry timed, long now, long delay) {
        long deadline = now - origin + delay;
        timed.deadline = deadline;
        long at = Math.max(deadline / tick + 1, swept + 1);
        if (timed.slot >= 0 && laps(timed, at)) {
            return;
        }
        unlink(timed);
        link(timed, (int) (Math.min(at, swept + SLOTS - 1) % SLOTS));
    }

    /** Takes the deadline away. Cheap: the slot is left when it comes round. */
    public void clear(TimerEntry timed) {
        timed.deadline = TimerEntry.NEVER;
    }

    /** Takes the deadline away and forgets the object, so that it can be collected. */
    public void forget(TimerEntry timed) {
        timed.deadline = TimerEntry.NEVER;
        unlink(timed);
    }

    /** Calls all whose deadline has passed. */
    public void sweep(long now) {
        long elapsed = now - origin;
        long until = elapsed / tick;
        long from = Math.max(swept + 1, until - SLOTS + 1);
        for (long at = from; at <= until; at++) {
            swept = at;
            sweepSlot((int) (at % SLOTS), elapsed);
        }
    }

    /** Nothing is linked into the slot that is swept, so it empties whatever those that expire set or forget. */
    private void sweepSlot(int slot, long elapsed) {
        for (TimerEntry timed = slots[slot]; timed != null; timed = slots[slot]) {
            unlink(timed);
            settle(timed, elapsed);
        }
    }

    private void settle(TimerEntry timed, long elapsed) {
        if (timed.deadline <= elapsed) {
            timed.deadline = TimerEntry.NEVER;
            expire(timed);
        } else if (timed.deadline != TimerEntry.NEVER) {
            long at = Math.max(timed.deadline / tick + 1, swept + 1);
            link(timed, (int) (Math.min(at, swept + SLOTS - 1) % SLOTS));
        }
    }

    /** What goes wrong for one must not cost the others their deadlines. */
    private static void expire(TimerEntry timed) {
        try {
            timed.expired();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("what was to be done at a deadline failed");
        }
    }

    /** Whether the slot in which it waits comes round no later than {@code at}. */
    private boolean laps(TimerEntry timed, long at) {
        long ahead = Math.floorMod(timed.slot - (swept + 1), (long) SLOTS) + swept + 1;
        return ahead <= at;
    }

    private void link(TimerEntry timed, int slot) {
        TimerEntry first = slots[slot];
        timed.slot = slot;
        timed.next = first;
        timed.previous = null;
        if (first != null) {
            first.previous = timed;
        }
        slots[slot] = timed;
    }

    private void unlink(TimerEntry timed) {
        if (timed.slot < 0) {
            return;
        }
        if (timed.previous == null) {
            slots[timed.slot] = timed.next;
        } else {
            timed.previous.next = timed.next;
        }
        if (timed.next != null) {
            timed.next.previous = timed.previous;
        }
        timed.next = null;
        timed.previous = null;
        timed.slot = -1;
    }
}
