package io.laneway.kafka.handover;

import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The base's second reading of what a lane left: the lane's records from where the lane stopped up to where the
 * base's own stream stood when it took the partition back. Confined to the consumer's thread.
 */
final class Reread {

    private static final long NONE = -1;

    private final long from;
    private final long to;

    /** The base's own stream had not gone beyond {@code to}, so the rest may be given back. */
    private final boolean returnable;

    private final TreeSet<Long> unacknowledged = new TreeSet<>();
    private long next;
    private long written;

    /** The first offset that the application passed over by a seek, and has not acknowledged. */
    private long passed = NONE;

    private boolean stopped;
    private long stoppedNanos;

    Reread(long from, long to, boolean returnable) {
        this.from = from;
        this.to = to;
        this.returnable = returnable;
        this.next = from;
        this.written = from;
    }

    long from() {
        return from;
    }

    /** Where reading continues. */
    long next() {
        return next;
    }

    long to() {
        return to;
    }

    boolean reading() {
        return !stopped && next < to;
    }

    boolean wants(long offset) {
        return reading() && offset >= next && offset < to;
    }

    void delivered(long offset) {
        unacknowledged.add(offset);
        next = offset + 1;
    }

    /** Everything below was looked at. */
    void scanned(long position) {
        if (!stopped) {
            next = Math.max(next, Math.min(position, to));
        }
    }

    boolean delivers(long offset) {
        return unacknowledged.contains(offset);
    }

    NavigableSet<Long> unacknowledged() {
        return unacknowledged;
    }

    void acknowledge(long below) {
        unacknowledged.headSet(below).clear();
        if (below > passed) {
            passed = NONE;
        }
    }

    /** Whether an acknowledgement of the own stream is about all of this too. */
    boolean endsBefore(long below) {
        return below > to || (below == to && passed != NONE);
    }

    /**
     * The application continues at an offset.
     *
     * @param passes    it passes over the record before, which cannot be read
     * @param last      the last record that it was given is one that was read again
     * @param ownRecord the record there is one of the own stream
     */
    void seek(long target, boolean passes, boolean last, boolean ownRecord) {
        if (target > next && passes) {
            pass(Math.min(target, to));
        } else if (target >= to) {
            // No record is here: it goes back to what it committed of the own stream, or is behind our last record.
            if (last && !unacknowledged.contains(target - 1)) {
                rewind(done());
            }
        } else if (target <= next) {
            rewind(Math.max(target, from));
        } else if (!ownRecord) {
            pass(target);
        }
    }

    /** Hands out again from an offset on. */
    void rewind(long target) {
        unacknowledged.tailSet(target).clear();
        next = Math.min(next, target);
        if (passed >= target) {
            passed = NONE;
        }
    }

    /** Leaves out what lies before an offset; that counts as handed out. */
    void pass(long target) {
        if (target > next) {
            passed = passed == NONE ? next : passed;
            next = target;
        }
    }

    /** Everything below is done: handed out and acknowledged, or of no concern to the lane. */
    long done() {
        long first = unacknowledged.isEmpty() ? next : unacknowledged.first();
        return passed == NONE ? first : Math.min(first, passed);
    }

    boolean finished() {
        return done() >= to;
    }

    /** Progress that the lane's group does not know yet. */
    boolean unwritten() {
        return done() > written;
    }

    /** Up to where the lane's group knows. */
    long written() {
        return written;
    }

    void written(long offset) {
        written = Math.max(written, offset);
    }

    /** The lane is back: hand out no more, unless the own stream has come beyond this, so that the base must finish. */
    void stop(long nowNanos, long furthest) {
        if (returnable && furthest <= to && reading()) {
            stopped = true;
            stoppedNanos = nowNanos;
        }
    }

    boolean stopped() {
        return stopped;
    }

    /** Whether what was handed out has been acknowledged, or time is up. */
    boolean settled(long nowNanos, long patienceNanos) {
        return stopped && ((unacknowledged.isEmpty() && passed == NONE) || nowNanos - stoppedNanos > patienceNanos);
    }
}
