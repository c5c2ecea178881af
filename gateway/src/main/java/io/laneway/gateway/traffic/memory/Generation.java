package io.laneway.gateway.traffic.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ids that were first seen within one stretch of time. Safe for many threads without a lock: the first to see an id claims
 * a slot for its key, and all who see it later meet there; a slot keeps its key as long as the generation lasts, so what is
 * read of it belongs to that id.
 */
final class Generation {

    /** What became of an entry that was to be added. */
    enum Added {
        FIRST,
        AGAIN,
        CONFLICT,
        FULL
    }

    private static final VarHandle LONG = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int STRIDE = 2;

    /** Keys at even places, entries behind them. */
    private final long[] slots;

    private final int mask;
    private final int limit;
    private final AtomicInteger count = new AtomicInteger();
    private final LaneNames lanes = new LaneNames();
    private final long born;

    /**
     * An empty one.
     *
     * @param entries that fit
     * @param born    nanoseconds
     */
    Generation(int entries, long born) {
        int capacity = Integer.highestOneBit(Math.max(16, entries * 2 - 1)) << 1;
        this.slots = new long[capacity * STRIDE];
        this.mask = capacity - 1;
        this.limit = capacity / 4 * 3;
        this.born = born;
    }

    /** The names of the lanes of its entries. */
    LaneNames lanes() {
        return lanes;
    }

    /** Nanoseconds since it began. */
    long age(long now) {
        return now - born;
    }

    /** How many ids it has. */
    int count() {
        return count.get();
    }

    /** Enters an id, or what is new of one that it has. */
    Added add(long key, long check, long entry) {
        int slot = (int) key & mask;
        while (true) {
            long there = (long) LONG.getVolatile(slots, slot * STRIDE);
            if (there == 0) {
                if (count.get() >= limit) {
                    return Added.FULL;
                }
                there = (long) LONG.compareAndExchange(slots, slot * STRIDE, 0L, key);
                if (there == 0) {
                    count.incrementAndGet();
                    there = key;
                }
            }
            if (there == key) {
                return merge(slot * STRIDE + 1, check, entry);
            }
            slot = (slot + 1) & mask;
        }
    }

    private Added merge(int at, long check, long entry) {
        while (true) {
            long there = (long) LONG.getVolatile(slots, at);
            if (there == 0) {
                if (LONG.compareAndSet(slots, at, 0L, entry)) {
                    return Entry.state(entry) == Entry.CONFLICT ? Added.CONFLICT : Added.FIRST;
                }
            } else if (Entry.state(there) == Entry.CONFLICT) {
                return Added.AGAIN;
            } else if (!Entry.isOf(there, check) || !Entry.agree(there, entry)) {
                if (LONG.compareAndSet(slots, at, there, Entry.conflict(there))) {
                    return Added.CONFLICT;
                }
            } else if (Entry.service(there) == Entry.service(entry)
                    || LONG.compareAndSet(slots, at, there, Entry.ofSeveral(there))) {
                return Added.AGAIN;
            }
        }
    }

    /** What is remembered of an id, 0 for nothing. */
    long find(long key, long check) {
        int slot = (int) key & mask;
        while (true) {
            long there = (long) LONG.getVolatile(slots, slot * STRIDE);
            if (there == 0) {
                return 0;
            }
            if (there == key) {
                long entry = (long) LONG.getVolatile(slots, slot * STRIDE + 1);
                return entry == 0 || Entry.isOf(entry, check) ? entry : Entry.conflict(entry);
            }
            slot = (slot + 1) & mask;
        }
    }
}
