package io.laneway.kafka.handover;

import java.util.Map;
import java.util.TreeMap;

/**
 * What of a partition was handed to the application and what was skipped, so that an acknowledged offset can be moved
 * on over what the application never saw. Confined to the consumer's thread.
 */
public final class Deliveries {

    /** Skipped runs that lie between handed-out records, by their start; the value is the end. */
    private final TreeMap<Long, Long> runs = new TreeMap<>();

    private long position;
    private long handedOut;
    private long acknowledged;
    private long committed;

    /** Begins at a position where nothing was handed out yet; a commit before may lie elsewhere. */
    public Deliveries(long position, long committed) {
        this.committed = committed;
        acknowledged = committed;
        seek(position);
    }

    /** The application continues elsewhere; what it has and what it passes over is done when it says so. */
    public void seek(long newPosition) {
        runs.clear();
        position = newPosition;
        handedOut = newPosition;
        acknowledged = Math.min(acknowledged, newPosition);
    }

    /** Whether the record at an offset, if there is one, was handed out and is not acknowledged. */
    public boolean handedOut(long offset) {
        Map.Entry<Long, Long> run = runs.floorEntry(offset);
        return offset >= acknowledged && offset < handedOut && (run == null || offset >= run.getValue());
    }

    /** The offset after the last one that was handed out or skipped. */
    public long position() {
        return position;
    }

    /** A record was handed out. */
    public void delivered(long offset) {
        if (position > handedOut) {
            runs.put(handedOut, offset);
        }
        position = offset + 1;
        handedOut = position;
    }

    /** A record was left out. */
    public void skipped(long offset) {
        position = offset + 1;
    }

    /** Everything below was handed out or skipped. */
    public void reached(long next) {
        position = Math.max(position, next);
    }

    /** Everything up to a position was handed out. */
    public void deliveredUpTo(long next) {
        if (position > handedOut) {
            runs.put(handedOut, position);
        }
        position = next;
        handedOut = next;
    }

    /** Where to commit if the application says that everything below is done. */
    public long commitFor(long below) {
        if (below >= handedOut && below <= position) {
            return position;
        }
        Map.Entry<Long, Long> run = runs.floorEntry(below);
        return run != null && below < run.getValue() ? run.getValue() : below;
    }

    /** An offset was given to a commit. */
    public void committing(long offset) {
        committed = offset;
        acknowledged = offset;
        runs.headMap(offset).clear();
    }

    /** The offset that was last given to a commit; at first where reading began. */
    public long committed() {
        return committed;
    }

    /** Whether everything that was handed out is acknowledged, and something was skipped since. */
    public boolean skippedBeyondCommit() {
        return acknowledged >= handedOut && committed < position;
    }
}
