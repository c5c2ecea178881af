package io.laneway.gateway.traffic.memory;

import io.laneway.router.text.Slice;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Numbers for the names of lanes, so that an entry needs no reference. Only grows. Safe for many threads. */
final class LaneNames {

    /** The bits of a number. */
    static final int BITS = 12;

    private static final int SLOTS = 1 << BITS;
    private static final int MOST = SLOTS / 4 * 3;

    private final AtomicReferenceArray<byte @Nullable []> names = new AtomicReferenceArray<>(SLOTS);
    private final AtomicInteger count = new AtomicInteger();

    /** The number of a name, which it gets if it has none; -1 if there is no room for it. */
    int number(Slice name) {
        int slot = hash(name) & (SLOTS - 1);
        while (true) {
            byte[] there = names.get(slot);
            if (there == null) {
                if (count.get() >= MOST) {
                    return -1;
                }
                byte[] made = Arrays.copyOfRange(name.array(), name.offset(), name.offset() + name.length());
                if (names.compareAndSet(slot, null, made)) {
                    count.incrementAndGet();
                    return slot;
                }
            } else if (same(there, name)) {
                return slot;
            } else {
                slot = (slot + 1) & (SLOTS - 1);
            }
        }
    }

    /** The name of a number that was given. */
    byte[] name(int number) {
        byte[] name = names.get(number);
        if (name == null) {
            throw new IllegalArgumentException("number: " + number + " (expected: one that was given)");
        }
        return name;
    }

    /** Whether a number that was given is that name's. */
    boolean isName(int number, Slice name) {
        return same(name(number), name);
    }

    private static boolean same(byte[] one, Slice other) {
        return Arrays.equals(one, 0, one.length, other.array(), other.offset(), other.offset() + other.length());
    }

    private static int hash(Slice name) {
        int hash = 0;
        for (int i = 0; i < name.length(); i++) {
            hash = hash * 31 + name.byteAt(i);
        }
        hash *= 0x9E3779B9;
        return hash ^ (hash >>> 16);
    }
}
