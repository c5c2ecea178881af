package io.laneway.gateway.telemetry.tracing;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Bounded queue from one event loop to one reader. Neither waits for the other. */
final class SpanRing {

    private final AtomicReferenceArray<@Nullable FinishedSpans> slots;
    private final int mask;
    private final Runnable filling;
    private final AtomicLong read = new AtomicLong();
    private long written;

    /**
     * An empty one.
     *
     * @param capacity a power of two
     * @param filling  runs on the loop when half of it is full
     */
    SpanRing(int capacity, Runnable filling) {
        this.slots = new AtomicReferenceArray<>(capacity);
        this.mask = capacity - 1;
        this.filling = filling;
    }

    /** Adds at the end; false if it is full. Only on the loop. */
    boolean offer(FinishedSpans spans) {
        long filled = written - read.getOpaque();
        if (filled > mask) {
            return false;
        }
        slots.setRelease((int) written & mask, spans);
        written++;
        if (filled == mask >> 1) {
            filling.run();
        }
        return true;
    }

    /** Takes the first, null if there is none. Only by the reader. */
    @Nullable
    FinishedSpans poll() {
        long next = read.getPlain();
        int slot = (int) next & mask;
        FinishedSpans spans = slots.getAcquire(slot);
        if (spans == null) {
            return null;
        }
        slots.setRelease(slot, null);
        read.setRelease(next + 1);
        return spans;
    }
}
