package io.laneway.control.watch;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The newest revisions as encoded events, without a gap, bounded by number and bytes. Safe for many threads; each call
 * holds its lock for a few instructions.
 */
final class RevisionFeed {

    private final TreeMap<Long, Buffer> events = new TreeMap<>();
    private final int maxEvents;
    private final long maxBytes;
    private long newest;
    private long bytes;

    RevisionFeed(int maxEvents, long maxBytes) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
    }

    /** Starts again after a revision. */
    synchronized void reset(long revision) {
        events.clear();
        bytes = 0;
        newest = revision;
    }

    /** Adds the next revision, and drops the oldest ones beyond the bounds. */
    synchronized void add(long revision, Buffer event) {
        if (revision != newest + 1) {
            throw new IllegalStateException("revision: " + revision + " (expected: " + (newest + 1) + ")");
        }
        newest = revision;
        events.put(revision, event);
        bytes += event.length();
        while (events.size() > maxEvents || (bytes > maxBytes && events.size() > 1)) {
            bytes -= events.pollFirstEntry().getValue().length();
        }
    }

    /** The newest revision that was added, or from which this feed started. */
    synchronized long newest() {
        return newest;
    }

    /** Whether every event after a revision is here. */
    synchronized boolean reaches(long revision) {
        return revision <= newest && revision >= newest - events.size();
    }

    /** The event of a revision, if it came already and is still here. */
    synchronized Optional<Buffer> event(long revision) {
        return Optional.ofNullable(events.get(revision));
    }
}
