package io.laneway.kafka.handover;

import java.util.Set;
import java.util.TreeSet;

/**
 * The base's second reading of what a lane left: the lane's records from where the lane stopped up to where the
 * base's own stream stood when it took the partition back. Confined to the consumer's thread.
 */
final class Reread {

    private final long to;

    /** The base's own stream had not gone beyond {@code to}, so the rest may be given back. */
    private final boolean returnable;

    private final TreeSet<Long> unacknowledged = new TreeSet<>();
    private long next;
    private long written;
    private boolean stopped;
    private long stoppedNanos;

    Reread(long from, long to, boolean returnable) {
        this.to = to;
        this.returnable = returnable;
        this.next = from;
        this.written = from;
    }

    /** Where reading goes on. */
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

    Set<Long> unacknowledged() {
        return unacknowledged;
    }

    void acknowledge(long below) {
        unacknowledged.headSet(below).clear();
    }

    /** Everything below is done: handed out and acknowledged, or of no concern to the lane. */
    long done() {
        return unacknowledged.isEmpty() ? next : unacknowledged.first();
    }

    boolean finished() {
        return done() >= to;
    }

    /** Progress that the lane's group does not know yet. */
    boolean unwritten() {
        return done() > written;
    }

    void written(long offset) {
        written = Math.max(written, offset);
    }

    /** The lane is back: hand out no more, unless the base must finish. */
    void stop(long nowNanos) {
        if (returnable && reading()) {
            stopped = true;
            stoppedNanos = nowNanos;
        }
    }

    boolean stopped() {
        return stopped;
    }

    /** Whether what was handed out has been acknowledged, or time is up. */
    boolean settled(long nowNanos, long patienceNanos) {
        return stopped && (unacknowledged.isEmpty() || nowNanos - stoppedNanos > patienceNanos);
    }
}
