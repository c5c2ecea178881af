package io.laneway.control.traffic;

import io.laneway.control.gateways.LatencyBounds;
import org.jspecify.annotations.Nullable;

/**
 * A minute of one kind of requests, in slots, and how long they took in the half minute that runs and the one before.
 * Takes some 350 bytes while nothing fails. Confined to the lock of {@link Traffic}.
 */
final class Flow {

    private static final int HALF = Slots.SHOWN / 2;

    private final int[] requests = new int[Slots.SHOWN];
    private int @Nullable [] errors;
    private int @Nullable [] unready;
    private int @Nullable [] absent;
    private int[] latency = new int[LatencyBounds.BUCKETS];
    private int[] earlier = new int[LatencyBounds.BUCKETS];
    private long newest = Long.MIN_VALUE;

    /** Adds what passed between two times, as if evenly. */
    void add(Passed passed, long from, long to) {
        advance(Slots.of(to - 1));
        spread(requests, passed.requests(), from, to);
        errors = spread(errors, passed.errors(), from, to);
        unready = spread(unready, passed.unready(), from, to);
        absent = spread(absent, passed.absent(), from, to);
        passed.addLatencyTo(latency);
    }

    /** Whether all of it is older than what is shown. */
    boolean over(long slot) {
        return newest <= slot - Slots.SHOWN;
    }

    private void advance(long slot) {
        if (slot <= newest) {
            return;
        }
        if (newest != Long.MIN_VALUE) {
            long gone = Math.min(Slots.SHOWN, slot - newest);
            for (long each = slot; each > slot - gone; each--) {
                clear(Slots.place(each));
            }
            long halves = Math.floorDiv(slot, HALF) - Math.floorDiv(newest, HALF);
            if (halves > 0) {
                earlier = halves == 1 ? latency : new int[LatencyBounds.BUCKETS];
                latency = new int[LatencyBounds.BUCKETS];
            }
        }
        newest = slot;
    }

    private void clear(int place) {
        requests[place] = 0;
        clear(errors, place);
        clear(unready, place);
        clear(absent, place);
    }

    private static void clear(int @Nullable [] ring, int place) {
        if (ring != null) {
            ring[place] = 0;
        }
    }

    private int @Nullable [] spread(int @Nullable [] ring, long amount, long from, long to) {
        if (amount == 0) {
            return ring;
        }
        int[] counts = ring == null ? new int[Slots.SHOWN] : ring;
        long span = to - from;
        long last = Slots.of(to - 1);
        long first = Math.max(Slots.of(from), newest - Slots.SHOWN + 1);
        long done = Math.max(0, amount * (first * Slots.EVERY_MS - from) / span);
        for (long slot = first; slot <= last; slot++) {
            long upTo = slot == last ? amount : amount * ((slot + 1) * Slots.EVERY_MS - from) / span;
            counts[Slots.place(slot)] += (int) (upTo - done);
            done = upTo;
        }
        return counts;
    }

    /** Adds what is shown at a slot to a sum. */
    void addTo(FlowSum.Building sum, long now) {
        long oldest = now - Slots.SHOWN + 1;
        for (long slot = Math.max(oldest, newest - Slots.SHOWN + 1); slot <= newest; slot++) {
            int place = Slots.place(slot);
            // A replica whose clock is ahead counted in slots that are still to come here.
            int shown = (int) Math.min(slot - oldest, Slots.SHOWN - 1);
            sum.add(shown, requests[place], at(errors, place), at(unready, place), at(absent, place));
        }
        long halves = Math.floorDiv(now, HALF) - Math.floorDiv(newest, HALF);
        if (halves <= 1) {
            sum.addLatency(latency);
        }
        if (halves <= 0) {
            sum.addLatency(earlier);
        }
    }

    /** How many there are within what is shown at a slot. */
    Count count(long now) {
        long sum = 0;
        long failed = 0;
        for (long slot = Math.max(now, newest) - Slots.SHOWN + 1; slot <= newest; slot++) {
            sum += requests[Slots.place(slot)];
            failed += at(errors, Slots.place(slot));
        }
        return new Count(sum, failed);
    }

    private static int at(int @Nullable [] ring, int place) {
        return ring == null ? 0 : ring[place];
    }
}
