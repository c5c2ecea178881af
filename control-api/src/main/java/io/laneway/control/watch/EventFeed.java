package io.laneway.control.watch;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The newest of numbered events, encoded, without a gap, bounded by number and bytes: readers keep the number of what
 * they were sent last. Safe for many threads; each call holds its lock for a few instructions.
 */
public final class EventFeed {

    private final TreeMap<Long, Buffer> events = new TreeMap<>();
    private final int maxEvents;
    private final long maxBytes;
    private long newest;
    private long bytes;

    public EventFeed(int maxEvents, long maxBytes) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
    }

    /** Starts again after a number. */
    public synchronized void reset(long number) {
        events.clear();
        bytes = 0;
        newest = number;
    }

    /** Adds the next event, and drops the oldest ones beyond the bounds. */
    public synchronized void add(long number, Buffer event) {
        if (number != newest + 1) {
            throw new IllegalStateException("number: " + number + " (expected: " + (newest + 1) + ")");
        }
        newest = number;
        events.put(number, event);
        bytes += event.length();
        while (events.size() > maxEvents || (bytes > maxBytes && events.size() > 1)) {
            bytes -= events.pollFirstEntry().getValue().length();
        }
    }

    /** The number of the newest event, or that from which this feed started. */
    public synchronized long newest() {
        return newest;
    }

    /** Whether every event after a number is here. */
    public synchronized boolean reaches(long number) {
        return number <= newest && number >= newest - events.size();
    }

    /** The event of a number, if it came already and is still here. */
    public synchronized Optional<Buffer> event(long number) {
        return Optional.ofNullable(events.get(number));
    }
}
